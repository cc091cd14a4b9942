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
    align-items: center;
    justify-content: space-between;
    gap: var(--hecto-space-s);
    min-height: var(--hecto-control);
    padding-top: env(safe-area-inset-top);
    font-weight: 600;
  }
  .close {
    flex: none;
    width: var(--hecto-target);
    height: var(--hecto-target);
    margin-right: calc(-1 * var(--hecto-space-s));
    border: 0;
    border-radius: 50%;
    background: none;
    font-size: 1.75rem;
    font-weight: 300;
    line-height: 1;
    cursor: pointer;
  }
  progress {
    display: block;
    width: 100%;
    height: 4px;
    margin-bottom: var(--hecto-space-l);
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    appearance: none;
    background: var(--hecto-color-line);
  }
  ::-webkit-progress-bar {
    background: var(--hecto-color-line);
  }
  ::-webkit-progress-value {
    border-radius: 4px;
    background: var(--hecto-color-accent);
    transition: inline-size var(--hecto-duration);
  }
  ::-moz-progress-bar {
    border-radius: 4px;
    background: var(--hecto-color-accent);
  }
  #main {
    display: flex;
    flex: 1;
    flex-direction: column;
  }
  hecto-notice {
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
    text-underline-offset: 3px;
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid;
    }
    ::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
