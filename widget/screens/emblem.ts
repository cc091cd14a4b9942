import { css, html, type TemplateResult } from 'lit';

const strokes = {
  good: 'M18 33l10 10 19-21',
  pause: 'M25 21v22M39 21v22',
  alert: 'M32 17v20M32 46v1',
} as const;

/** The large sign above the headline of a last screen. Decoration: the headline says it in words. */
export const emblem = (kind: keyof typeof strokes): TemplateResult =>
  html`<svg class="emblem ${kind}" viewBox="0 0 64 64" aria-hidden="true"><path d=${strokes[kind]} /></svg>`;

export const emblemStyles = css`
  .emblem {
    width: 64px;
    margin: var(--hecto-space-l) 0;
    border-radius: 50%;
    background: var(--hecto-color-text-muted);
    fill: none;
    stroke: var(--hecto-color-background);
    stroke-width: 5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .good {
    background: var(--hecto-color-accent);
  }
`;
