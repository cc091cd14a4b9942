import { css } from 'lit';

/** The pages that are nothing but the widget: the frame and the hosted page. */
const page = css`
  html,
  body {
    height: 100%;
    margin: 0;
    background: var(--hecto-color-background);
  }
`;

export const pageStyles: readonly CSSStyleSheet[] = page.styleSheet ? [page.styleSheet] : [];
