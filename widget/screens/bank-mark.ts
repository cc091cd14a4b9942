import { css, html, type TemplateResult } from 'lit';

/**
 * A round mark for a bank: the beginning of its name on a hue of its own, dark enough for white letters (at least
 * 4.7:1). Decoration: the name stands beside it. We ship no bank's logo.
 */
export const bankMark = (code: string, name: string): TemplateResult =>
  html`<span class="mark" aria-hidden="true" .style=${`background:hsl(${Number(code) * 47} 55% 30%)`}
    >${name.slice(0, /^\w/.test(name) ? 1 : 2)}</span
  >`;

export const bankMarkStyles = css`
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    width: 2.9em;
    height: 2.9em;
    border-radius: 50%;
    color: #fff;
    font-size: 0.875rem;
    font-weight: 700;
    line-height: 1;
    white-space: nowrap;
  }
`;
