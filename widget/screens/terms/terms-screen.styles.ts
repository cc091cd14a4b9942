import { css } from 'lit';

export const styles = css`
  .lead {
    margin-bottom: var(--hecto-space-m);
  }
  ul.items {
    margin: var(--hecto-space-m) 0;
    padding: 0;
    list-style: none;
  }
  .items li {
    display: flex;
    align-items: center;
    padding-left: var(--hecto-space-m);
  }
  hecto-checkbox {
    flex: 1;
  }
  .read {
    flex: none;
    width: var(--hecto-target);
    height: var(--hecto-target);
    border: 0;
    border-radius: var(--hecto-radius-s);
    background: none;
    color: var(--hecto-color-text-muted);
    cursor: pointer;
  }
  .read::before {
    content: '';
    display: inline-block;
    width: 9px;
    height: 9px;
    border: solid;
    border-width: 2px 2px 0 0;
    rotate: 45deg;
  }
  .note {
    font-size: var(--hecto-font-size-s);
    color: var(--hecto-color-text-muted);
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
  }
`;
