import { css } from 'lit';

export const styles = css`
  .code {
    position: relative;
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 56px));
    gap: var(--hecto-space-s);
  }
  .code span {
    display: grid;
    place-items: center;
    min-height: 60px;
    line-height: 1.2;
    border: 1px solid var(--hecto-color-line-strong);
    border-radius: var(--hecto-radius-m);
    background: var(--hecto-color-background);
    font-size: var(--hecto-font-size-xl);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  /* The one real field, laid over its painted boxes. */
  .code input {
    position: absolute;
    inset: 0;
    width: 100%;
    padding: 0;
    border: 0;
    outline: 0;
    background: none;
    color: transparent;
    caret-color: transparent;
    font-size: max(16px, var(--hecto-font-size-xl));
    cursor: text;
  }
  .code input::selection {
    background: none;
    color: transparent;
  }
  .code:focus-within .here {
    border-color: var(--hecto-color-accent);
    outline: 2px solid var(--hecto-color-accent);
    outline-offset: -1px;
  }
  .bad span {
    border-color: var(--hecto-color-error);
  }
  label {
    display: block;
    margin-bottom: var(--hecto-space-xs);
    font-size: var(--hecto-font-size-s);
    font-weight: 600;
    color: var(--hecto-color-text-muted);
  }
  .error {
    margin-top: var(--hecto-space-s);
    font-weight: 600;
    color: var(--hecto-color-error);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    margin: var(--hecto-space-s) 0;
  }
  .note {
    font-size: var(--hecto-font-size-s);
    color: var(--hecto-color-text-muted);
  }
`;
