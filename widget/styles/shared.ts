import { css } from 'lit';

/** What every element of the widget starts from: type, box model, focus ring, and text only for screen readers. */
export const shared = css`
  :host {
    display: block;
    box-sizing: border-box;
    font-family: var(--hecto-font-family);
    font-size: var(--hecto-font-size-m);
    line-height: 1.5;
    color: var(--hecto-color-text);
    word-break: keep-all;
    overflow-wrap: anywhere;
    -webkit-tap-highlight-color: transparent;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  button,
  input {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  :focus-visible {
    outline: 2px solid var(--hecto-color-accent);
    outline-offset: 2px;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** What every screen shares: one headline, one line of explanation, room around things. */
export const screenStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    flex: 1;
  }
  form {
    display: contents;
  }
  h1 {
    margin: 0 0 var(--hecto-space-s);
    font-size: var(--hecto-font-size-xl);
    line-height: 1.35;
    letter-spacing: -0.02em;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    margin: 0;
    font-size: var(--hecto-font-size-l);
  }
  p {
    margin: 0;
  }
  .lead {
    margin-bottom: var(--hecto-space-l);
    color: var(--hecto-color-text-muted);
  }
  .stack {
    display: grid;
    gap: var(--hecto-space-m);
  }
`;
