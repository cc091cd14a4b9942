import { LitElement, css, html } from 'lit';
import { shared } from '../styles/shared.ts';

/** A checkbox with its label, the whole row a target. Fires `change` like a native one; read `checked`. */
export class HectoCheckbox extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    label: {},
    checked: { type: Boolean },
    mixed: { type: Boolean },
    strong: { type: Boolean, reflect: true },
  };

  static override styles = [
    shared,
    css`
      label {
        display: flex;
        align-items: center;
        gap: var(--hecto-space-m);
        min-height: var(--hecto-target);
        padding: var(--hecto-space-xs) 0;
        cursor: pointer;
      }
      :host([strong]) label {
        padding: var(--hecto-space-m);
        border-radius: var(--hecto-radius-m);
        background: var(--hecto-color-surface);
        font-size: var(--hecto-font-size-l);
        font-weight: 600;
      }
      input {
        flex: none;
        width: 24px;
        height: 24px;
        accent-color: var(--hecto-color-accent);
        cursor: pointer;
      }
    `,
  ];

  label = '';
  checked = false;
  /** Some, but not all, of what this box stands for. */
  mixed = false;
  /** The box that stands for all the others. */
  strong = false;

  override render() {
    return html`<label>
      <input type="checkbox" .checked=${this.checked} .indeterminate=${this.mixed} @change=${this.#changed} />
      <span>${this.label}</span>
    </label>`;
  }

  #changed = (event: Event) => {
    this.checked = (event.target as HTMLInputElement).checked;
    this.mixed = false;
    // A native change event stays inside the shadow root.
    this.dispatchEvent(new Event('change', { bubbles: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-checkbox': HectoCheckbox;
  }
}
