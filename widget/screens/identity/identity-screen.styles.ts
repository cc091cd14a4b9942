import { css } from 'lit';

export const styles = css`
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(9rem, 100%), 1fr));
    gap: var(--hecto-space-s);
    align-items: start;
  }
  .rest {
    color: var(--hecto-color-text-muted);
    font-size: 0.625rem;
    letter-spacing: 0.1em;
    white-space: nowrap;
  }
  .note {
    margin-top: calc(-1 * var(--hecto-space-s));
  }
  .newest {
    animation: appear var(--hecto-duration);
  }
  .pick {
    display: flex;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: var(--hecto-control);
    padding: 0 var(--hecto-space-m);
    font-size: var(--hecto-font-size-l);
    text-align: left;
  }
  .pick::after {
    rotate: 135deg;
    translate: -4px -3px;
  }
  .carriers {
    margin-bottom: var(--hecto-space-m);
  }
  .carriers button {
    width: 100%;
    min-height: var(--hecto-control);
    padding: 0 var(--hecto-space-s);
    border-radius: var(--hecto-radius-m);
    font-size: var(--hecto-font-size-l);
    text-align: left;
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
