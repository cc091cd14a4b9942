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
    font-size: var(--hecto-font-size-xl);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  /* The one real field, laid over its painted boxes. */
  .code input {
    position: absolute;
    inset: 0;
    width: 100%;
    outline: 0;
    color: transparent;
    caret-color: transparent;
    forced-color-adjust: none;
    font-size: max(16px, var(--hecto-font-size-xl));
  }
  .code input::selection {
    background: none;
    color: transparent;
  }
  .error {
    margin-top: var(--hecto-space-s);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    margin: var(--hecto-space-s) 0;
  }
`;
