import { css } from 'lit';

export const styles = css`
  .lead {
    margin-bottom: var(--hecto-space-m);
  }
  .items {
    margin: var(--hecto-space-m) 0;
  }
  .items li {
    display: flex;
    align-items: center;
    padding-left: var(--hecto-space-m);
  }
  .items label {
    flex: 1;
  }
  label {
    display: flex;
    align-items: center;
    gap: var(--hecto-space-m);
    min-height: var(--hecto-target);
    padding: var(--hecto-space-xs) 0;
    cursor: pointer;
  }
  input {
    flex: none;
    width: 24px;
    height: 24px;
    accent-color: var(--hecto-color-accent);
  }
  .card {
    font-size: var(--hecto-font-size-l);
    font-weight: 600;
  }
  article h3 {
    margin: var(--hecto-space-m) 0 var(--hecto-space-xs);
    font-size: var(--hecto-font-size-m);
  }
  article :is(p, ul, ol) {
    margin: var(--hecto-space-s) 0;
    color: var(--hecto-color-text-muted);
  }
  article :is(ul, ol) {
    padding-left: var(--hecto-space-l);
    list-style: revert;
  }
`;
