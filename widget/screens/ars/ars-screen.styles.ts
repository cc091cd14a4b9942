import { css } from 'lit';

export const styles = css`
  .call {
    display: grid;
    justify-items: center;
    gap: var(--hecto-space-s);
    margin: var(--hecto-space-s) 0 var(--hecto-space-m);
    padding: var(--hecto-space-l) var(--hecto-space-m);
    border-radius: var(--hecto-radius-l);
    background: var(--hecto-color-accent-soft);
    text-align: center;
  }
  .digits {
    font-size: max(44px, calc(var(--hecto-font-size-xxl) * 1.5));
    font-weight: 700;
    font-variant-numeric: tabular-nums;
    line-height: 1.1;
    letter-spacing: 0.25em;
    /* The space behind the last digit would push the number off its middle. */
    margin-right: -0.25em;
  }
  .long {
    font-size: max(40px, var(--hecto-font-size-xxl));
  }
  .spoken {
    color: var(--hecto-color-text-muted);
  }
  .state {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--hecto-space-m);
    margin-bottom: var(--hecto-space-m);
    font-weight: 600;
  }
  .ring {
    position: relative;
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    font-size: var(--hecto-font-size-s);
  }
  svg {
    position: absolute;
    inset: 0;
    rotate: -90deg;
    fill: none;
    stroke: var(--hecto-color-line);
    stroke-width: 4;
  }
  #left {
    stroke: var(--hecto-color-accent);
    stroke-linecap: round;
    stroke-dasharray: 1;
  }
  .spinner {
    display: grid;
    flex: 1;
    place-items: center;
    min-height: 160px;
    color: var(--hecto-color-accent);
  }
  .spinner::after {
    width: 56px;
    height: 56px;
  }
  .note {
    margin-top: var(--hecto-space-s);
    text-align: center;
  }
  .steps {
    margin: var(--hecto-space-l) 0;
  }
`;
