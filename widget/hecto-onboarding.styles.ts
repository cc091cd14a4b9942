// Not Lit's: the entry on a merchant's page does without Lit.
const css = String.raw;

/** What the public element looks like: its own box, the frame or the dialog in it, and the wait before it. */
export const looks = new CSSStyleSheet();
looks.replaceSync(css`
  :host {
    display: block;
    position: relative;
    width: 100%;
    height: min(var(--hecto-frame-height, 720px), 100dvh);
  }
  :host([surface='inline']) {
    display: grid;
    height: auto;
    min-height: min(var(--hecto-frame-height, 720px), 100dvh);
  }
  /* The dialog alone is laid out, over the page. */
  :host([surface|='modal']) {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
  iframe {
    position: relative;
    display: block;
    width: 100%;
    height: 100%;
    border: 0;
    border-radius: inherit;
  }
  dialog {
    width: 100%;
    height: 100%;
    max-width: 480px;
    max-height: 720px;
    margin: auto;
    padding: 0;
    border: 0;
    border-radius: 24px;
    background: var(--hecto-color-background, Canvas);
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: #0008;
  }
  @media (max-width: 600px) {
    dialog {
      max-width: none;
      max-height: none;
      border-radius: 0;
    }
  }
  .waiting {
    position: absolute;
    inset: 0;
    width: 40px;
    height: 40px;
    margin: auto;
    border: 3px solid #8888;
    border-top-color: #0000;
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`);
