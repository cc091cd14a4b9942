import { css } from 'lit';

export const styles = css`
  [role='tablist'] {
    display: flex;
    gap: var(--hecto-space-xs);
    padding: var(--hecto-space-xs);
    border-radius: var(--hecto-radius-m);
    background: var(--hecto-color-surface);
  }
  [role='tab'] {
    flex: 1;
    min-height: var(--hecto-target);
    border-radius: var(--hecto-radius-s);
    color: var(--hecto-color-text-muted);
    font-weight: 600;
  }
  [aria-selected='true'] {
    background: var(--hecto-color-background);
    color: var(--hecto-color-text);
  }
  .banks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(6rem, 100%), 1fr));
    gap: var(--hecto-space-s);
  }
  .banks button {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: var(--hecto-space-s);
    width: 100%;
    height: 100%;
    min-height: 96px;
    padding: var(--hecto-space-m) var(--hecto-space-xs);
    border-radius: var(--hecto-radius-m);
    background: var(--hecto-color-surface);
    font-size: var(--hecto-font-size-s);
    line-height: 1.3;
  }
  .banks small {
    text-wrap: balance;
    font-size: 0.75rem;
    color: var(--hecto-color-text-muted);
  }
  .banks small span {
    white-space: nowrap;
  }
  .banks .closed {
    background: none;
    color: var(--hecto-color-text-muted);
    outline: 1px dashed var(--hecto-color-line);
    outline-offset: -1px;
  }
  .banks .closed .mark {
    filter: grayscale(1);
  }
  .banks button:focus-visible {
    outline: 2px solid var(--hecto-color-accent);
  }
  .card {
    flex-wrap: wrap;
  }
  .card b {
    flex: 1 0 4em;
  }
  .card > :last-child {
    color: var(--hecto-color-accent);
    font-weight: 600;
  }
`;
