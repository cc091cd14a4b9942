import { css, html, type TemplateResult } from 'lit';

/** What will happen, one thing after the other. */
export const stepList = (steps: readonly string[]): TemplateResult =>
  html`<ol class="steps">
    ${steps.map((step) => html`<li>${step}</li>`)}
  </ol>`;

export const stepListStyles = css`
  .steps {
    display: grid;
    gap: var(--hecto-space-m);
    counter-reset: step;
  }
  .steps li {
    display: flex;
    gap: var(--hecto-space-m);
    counter-increment: step;
  }
  .steps li::before {
    content: counter(step);
    display: grid;
    flex: none;
    place-items: center;
    width: 2em;
    height: 2em;
    border-radius: 50%;
    background: var(--hecto-color-accent-soft);
    color: var(--hecto-color-accent);
    font-size: var(--hecto-font-size-s);
    font-weight: 700;
  }
`;
