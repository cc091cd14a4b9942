import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * A button as wide as its place. `type="submit"` submits the form around it (also on Enter in a `hecto-field`).
 * While `busy` it keeps its focus and its name, and does nothing.
 * @slot - the name of the action
 */
export class HectoButton extends LitElement {
  static readonly formAssociated = true;
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    kind: { reflect: true },
    type: {},
    busy: { type: Boolean },
    disabled: { type: Boolean },
  };

  static override styles = [
    shared,
    css`
      button {
        position: relative;
        width: 100%;
        min-height: var(--hecto-control);
        padding: var(--hecto-space-s) var(--hecto-space-m);
        border: 1px solid transparent;
        border-radius: var(--hecto-radius-m);
        background: var(--hecto-color-accent);
        color: var(--hecto-color-on-accent);
        font-size: var(--hecto-font-size-l);
        font-weight: 600;
        cursor: pointer;
        transition: filter var(--hecto-duration);
      }
      button:hover {
        filter: brightness(0.94);
      }
      :host([kind='secondary']) button {
        background: var(--hecto-color-accent-soft);
        color: var(--hecto-color-accent);
      }
      :host([kind='quiet']) button {
        min-height: var(--hecto-target);
        background: none;
        color: var(--hecto-color-text-muted);
        font-size: var(--hecto-font-size-m);
        font-weight: 500;
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      button[aria-disabled='true'] {
        cursor: default;
        filter: none;
      }
      button[aria-disabled='true']:not([aria-busy='true']) {
        background: var(--hecto-color-surface);
        color: var(--hecto-color-text-muted);
      }
      [aria-busy='true'] slot {
        opacity: 0.35;
      }
      [aria-busy='true']::after {
        content: '';
        position: absolute;
        inset: 0;
        margin: auto;
        width: 22px;
        height: 22px;
        border: 3px solid;
        border-right-color: transparent;
        border-radius: 50%;
        animation: turn var(--hecto-duration-spin) linear infinite;
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
      @media (forced-colors: active) {
        button {
          border-color: currentcolor;
        }
      }
    `,
  ];

  kind: 'primary' | 'secondary' | 'quiet' = 'primary';
  type: 'button' | 'submit' = 'button';
  busy = false;
  disabled = false;
  readonly #internals = this.attachInternals();

  override render() {
    const off = this.busy || this.disabled;
    return html`<button type="button" aria-busy=${this.busy} aria-disabled=${off} @click=${this.#click}>
      <slot></slot>
    </button>`;
  }

  // Not the native `disabled`: that would drop the focus, and a screen reader would lose its place.
  #click = (event: Event) => {
    if (this.busy || this.disabled) event.stopPropagation();
    else if (this.type === 'submit') this.#internals.form?.requestSubmit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-button': HectoButton;
  }
}
