import { css } from 'lit';

export const styles = css`
  h1 + .stack {
    margin-top: var(--hecto-space-m);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr));
    gap: var(--hecto-space-s);
    align-items: start;
  }
  .stack > *,
  .pair > * {
    min-width: 0;
  }
  .rest {
    color: var(--hecto-color-text-muted);
    font-size: 0.625rem;
    letter-spacing: 0.1em;
    white-space: nowrap;
  }
  .note {
    margin-top: calc(-1 * var(--hecto-space-s));
    font-size: var(--hecto-font-size-s);
    color: var(--hecto-color-text-muted);
  }
  .newest {
    animation: appear var(--hecto-duration);
  }
  .pick span {
    display: block;
    margin-bottom: var(--hecto-space-xs);
    font-size: var(--hecto-font-size-s);
    font-weight: 600;
    color: var(--hecto-color-text-muted);
  }
  .pick button {
    display: flex;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: var(--hecto-control);
    padding: 0 var(--hecto-space-m);
    border: 1px solid var(--hecto-color-line-strong);
    border-radius: var(--hecto-radius-m);
    background: var(--hecto-color-background);
    font-size: var(--hecto-font-size-l);
    text-align: left;
    cursor: pointer;
  }
  .pick button::after {
    content: '';
    width: 8px;
    height: 8px;
    margin-right: 4px;
    border: solid;
    border-width: 0 2px 2px 0;
    rotate: 45deg;
    translate: 0 -3px;
  }
  .carriers {
    margin: 0 0 var(--hecto-space-m);
    padding: 0;
    list-style: none;
  }
  .carriers button {
    width: 100%;
    min-height: 52px;
    padding: 0 var(--hecto-space-s);
    border: 0;
    border-radius: var(--hecto-radius-s);
    background: none;
    font-size: var(--hecto-font-size-l);
    text-align: left;
    cursor: pointer;
  }
  .carriers [aria-current='true'] {
    color: var(--hecto-color-accent);
    font-weight: 600;
  }
  .carriers button:hover {
    background: var(--hecto-color-surface);
  }
  summary {
    display: flex;
    align-items: center;
    min-height: var(--hecto-target);
    padding: 0 var(--hecto-space-s);
    color: var(--hecto-color-text-muted);
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  details p {
    padding: 0 var(--hecto-space-s);
    color: var(--hecto-color-text-muted);
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 -8px;
    }
  }
`;
