import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * A button as wide as its place. `type="submit"` submits the form around it. While `busy` it keeps its focus and its
 * name, and does nothing.
 * @slot - the name of the action
 */
export class HectoButton extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    kind: { reflect: true },
    type: {},
    busy: { type: Boolean },
    disabled: { type: Boolean, reflect: true },
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
      }
      button:hover {
        filter: brightness(0.94);
      }
      :host([kind='secondary']) button {
        background: var(--hecto-color-accent-soft);
        color: var(--hecto-color-accent);
      }
      :host([disabled]) button {
        background: var(--hecto-color-surface);
        color: var(--hecto-color-text-muted);
        cursor: default;
        filter: none;
      }
      :host([kind='quiet']) button {
        min-height: var(--hecto-target);
        background: none;
        color: var(--hecto-color-text-muted);
        font-size: var(--hecto-font-size-m);
        font-weight: 500;
      }
      :host([kind='quiet']:not([disabled])) button {
        text-decoration: underline;
      }
      [aria-busy='true'] slot {
        opacity: 0.35;
      }
      button::after {
        position: absolute;
        inset: 0;
        margin: auto;
        width: 22px;
        height: 22px;
      }
    `,
  ];

  kind: 'primary' | 'secondary' | 'quiet' = 'primary';
  type: 'button' | 'submit' = 'button';
  busy = false;
  disabled = false;

  override render() {
    return html`<button
      type="button"
      aria-busy=${this.busy}
      aria-disabled=${this.busy || this.disabled}
      @click=${this.#click}
    >
      <slot></slot>
    </button>`;
  }

  // Not the native `disabled`: that would drop the focus, and a screen reader would lose its place.
  #click = (event: Event) => {
    if (this.busy || this.disabled) event.stopPropagation();
    else if (this.type === 'submit') this.closest('form')?.requestSubmit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-button': HectoButton;
  }
}
