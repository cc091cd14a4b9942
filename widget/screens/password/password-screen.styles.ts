import { css } from 'lit';

export const styles = css`
  .dots {
    display: flex;
    justify-content: center;
    gap: var(--hecto-space-m);
    padding: var(--hecto-space-m) 0;
  }
  .dots span {
    width: 16px;
    height: 16px;
    border: 2px solid var(--hecto-color-line-strong);
    border-radius: 50%;
  }
  /* Full of border, because it is also drawn in forced colours. */
  .dots .full {
    border: 8px solid var(--hecto-color-accent);
  }
  .error {
    min-height: 1.5em;
    text-align: center;
  }
  .pad {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: var(--hecto-space-xs);
    margin-top: auto;
    padding-bottom: max(var(--hecto-space-m), env(safe-area-inset-bottom));
    user-select: none;
    touch-action: manipulation;
  }
  /* No hover and no pressed look: whoever stands by must not see which key was meant. */
  .pad button {
    min-height: 56px;
    border-radius: var(--hecto-radius-m);
    font-size: var(--hecto-font-size-xl);
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .pad .word {
    color: var(--hecto-color-text-muted);
    font-size: var(--hecto-font-size-m);
  }
`;
