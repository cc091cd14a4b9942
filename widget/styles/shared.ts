import { css } from 'lit';

/** What every element of the widget starts from: type, box model, focus ring, and text only for screen readers. */
export const shared = css`
  /* Nothing comes in from the page around: it may spell its words in capitals, or far apart. */
  :host {
    letter-spacing: normal;
    text-indent: 0;
    text-transform: none;
    word-spacing: normal;
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
    padding: 0;
    border: 0;
    background: none;
  }
  button {
    cursor: pointer;
  }
  p,
  ul,
  ol,
  h2 {
    margin: 0;
  }
  h1:focus,
  h2:focus {
    outline: none;
  }
  /* Round, with nothing but a sign in it. */
  .icon {
    flex: none;
    width: var(--hecto-target);
    height: var(--hecto-target);
    border-radius: 50%;
    font-size: 1.5rem;
    line-height: 1;
  }
  /* Shows the way on; each place turns it. */
  .arrow::after {
    content: '';
    display: inline-block;
    width: 9px;
    height: 9px;
    border: solid;
    border-width: 2px 2px 0 0;
    rotate: 45deg;
  }
  /* The edge is also drawn where grounds are not: in forced colours. */
  [aria-selected='true'],
  [aria-current='true'],
  .box,
  .button,
  .card,
  .notice {
    border: 1px solid transparent;
    border-radius: var(--hecto-radius-m);
  }
  /* What can be typed into or chosen from, and the words above and below it. */
  .box {
    border-color: var(--hecto-color-line-strong);
    background: var(--hecto-color-background);
  }
  .box:focus-within,
  :focus-within > .here {
    border-color: var(--hecto-color-accent);
    outline: 2px solid var(--hecto-color-accent);
    outline-offset: -1px;
  }
  .bad {
    border-color: var(--hecto-color-error);
  }
  .label,
  .note {
    display: block;
    font-size: var(--hecto-font-size-s);
    color: var(--hecto-color-text-muted);
  }
  .label {
    margin-bottom: var(--hecto-space-xs);
  }
  .label,
  .error {
    font-weight: 600;
  }
  .error {
    color: var(--hecto-color-error);
  }
  .spinner::after,
  [aria-busy='true']::after {
    content: '';
    border: 3px solid;
    border-right: 0;
    border-radius: 50%;
    animation: turn calc(var(--hecto-duration) * 4) linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  :focus-visible {
    outline: 2px solid var(--hecto-color-accent);
    outline-offset: 2px;
  }
  .button {
    position: relative;
    width: 100%;
    min-height: var(--hecto-control);
    padding: var(--hecto-space-s) var(--hecto-space-m);
    background: var(--hecto-color-accent);
    color: var(--hecto-color-on-accent);
    font-size: var(--hecto-font-size-l);
    font-weight: 600;
  }
  .button:hover {
    filter: brightness(0.94);
  }
  .secondary {
    background: var(--hecto-color-accent-soft);
    color: var(--hecto-color-accent);
  }
  .off {
    background: var(--hecto-color-surface);
    border-style: dashed;
    color: var(--hecto-color-text-muted);
    cursor: default;
    filter: none;
  }
  .quiet {
    min-height: var(--hecto-target);
    background: none;
    color: var(--hecto-color-text-muted);
    font-size: var(--hecto-font-size-m);
    font-weight: 500;
  }
  .quiet:not(.off) {
    text-decoration: underline;
  }
  [aria-busy='true'] span {
    opacity: 0.35;
  }
  /* Beside the one that spins, the others keep still. */
  .button + .button::after {
    content: none;
  }
  .button::after {
    position: absolute;
    inset: 0;
    margin: auto;
    width: 22px;
    height: 22px;
  }
  .notice {
    display: flex;
    gap: var(--hecto-space-s);
    padding: var(--hecto-space-m);
    background: var(--hecto-color-warning-soft);
  }
  .notice::before {
    content: '!';
    content: '!' / '';
    flex: none;
    width: 1.4em;
    height: 1.4em;
    border-radius: 50%;
    background: var(--hecto-color-warning);
    color: var(--hecto-color-background);
    font-size: var(--hecto-font-size-s);
    font-weight: 700;
    line-height: 1.4;
    text-align: center;
  }
  .notice[role='alert'] {
    background: var(--hecto-color-error-soft);
  }
  .notice[role='alert']::before {
    background: var(--hecto-color-error);
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
    text-wrap: balance;
  }
  ul,
  ol {
    padding: 0;
    list-style: none;
  }
  .points {
    padding-left: 1.25em;
    list-style: disc;
  }
  .lead {
    margin-bottom: var(--hecto-space-l);
    color: var(--hecto-color-text-muted);
  }
  .stack {
    display: grid;
    gap: var(--hecto-space-m);
  }
  .stack > *,
  .pair > * {
    min-width: 0;
  }
  h1 + .stack {
    margin-top: var(--hecto-space-m);
  }
  .card {
    display: flex;
    align-items: center;
    gap: var(--hecto-space-m);
    width: 100%;
    padding: var(--hecto-space-m);
    background: var(--hecto-color-surface);
    text-align: left;
  }
  /* The one thing to do next: at the bottom edge, above the keyboard and the safe area. */
  .actions {
    position: sticky;
    bottom: var(--hecto-keyboard, 0px);
    z-index: 1;
    display: grid;
    gap: var(--hecto-space-s);
    margin-top: auto;
    padding: var(--hecto-space-m) 0 max(var(--hecto-space-m), env(safe-area-inset-bottom));
    background: var(--hecto-color-background);
  }
  /* Where they would cover half of what they are about; not above a phone's keyboard. */
  @media (min-aspect-ratio: 5/4) and (max-height: 480px) {
    .actions {
      position: static;
    }
  }
`;
