import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    width: 100%;
    min-height: 100%;
    max-width: var(--hecto-width);
    margin: 0 auto;
    padding: 0 var(--hecto-space-l);
    padding: 0 max(var(--hecto-space-l), env(safe-area-inset-right)) env(safe-area-inset-bottom)
      max(var(--hecto-space-l), env(safe-area-inset-left));
    background: var(--hecto-color-background);
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    padding-top: env(safe-area-inset-top);
    font-weight: 600;
  }
  header span {
    flex: 1;
  }
  header .icon {
    margin: 6px calc(-1 * var(--hecto-space-s)) 6px 0;
  }
  .progress {
    overflow: hidden;
    width: 100%;
    margin-bottom: var(--hecto-space-l);
    border-radius: 4px;
    background: var(--hecto-color-line);
  }
  /* A border, because it is also drawn in forced colours. */
  .progress div {
    border-top: 4px solid var(--hecto-color-accent);
    transition: width var(--hecto-duration);
  }
  #main {
    display: flex;
    flex: 1;
    flex-direction: column;
  }
  .notice,
  .notice + .button {
    margin-bottom: var(--hecto-space-m);
  }
  .starting {
    margin: auto;
    color: var(--hecto-color-text-muted);
  }
  footer {
    padding: var(--hecto-space-s) 0;
    font-size: var(--hecto-font-size-s);
    text-align: center;
  }
  footer a {
    display: inline-block;
    padding: 12px;
    color: var(--hecto-color-text-muted);
  }
`;
