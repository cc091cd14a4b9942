import { LitElement, css, html, nothing } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * A labelled text field around one native input. Its native `input` events reach the outside (`event.target.value`
 * is this element's); Enter submits the form around it, but never in the middle of composing Hangul.
 * @slot - something after the input, inside the box (a countdown, a unit)
 */
export class HectoField extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    label: {},
    value: {},
    hint: {},
    error: {},
    type: {},
    inputmode: {},
    autocomplete: {},
    maxlength: { type: Number },
  };

  static override styles = [
    shared,
    css`
      .box {
        display: flex;
        align-items: center;
        gap: var(--hecto-space-s);
        padding: 0 var(--hecto-space-m);
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: calc(var(--hecto-control) - 2px);
        /* Below 16 px iOS zooms into the field. */
        font-size: max(16px, var(--hecto-font-size-l));
        font-variant-numeric: tabular-nums;
      }
      input:focus-visible {
        outline: none; /* the box shows it */
      }
      .note {
        margin-top: var(--hecto-space-xs);
      }
    `,
  ];

  label = '';
  value = '';
  hint = '';
  /** What is wrong and what is allowed. Shown under the field and spoken at once. */
  error = '';
  type: 'text' | 'tel' | 'search' = 'text';
  inputmode: 'text' | 'numeric' = 'text';
  autocomplete = 'off';
  maxlength?: number;

  /** The native input, for its caret. */
  get input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  override render() {
    return html`<label class="label" for="input">${this.label}</label>
      <div class="box ${this.error && 'bad'}">
        <input
          id="input"
          type=${this.type}
          inputmode=${this.inputmode}
          autocomplete=${this.autocomplete}
          maxlength=${this.maxlength ?? nothing}
          autocapitalize="off"
          spellcheck="false"
          aria-describedby="error hint"
          aria-invalid=${!!this.error}
          @input=${this.#typed}
          @keydown=${this.#key}
        />
        <slot></slot>
      </div>
      <div id="error" class="note error" role="alert">${this.error}</div>
      <div id="hint" class="note">${this.hint}</div>`;
  }

  protected override updated(): void {
    const { input } = this;
    // Written only when it differs: writing moves the caret and disturbs the composing of Hangul.
    if (input && input.value !== this.value) input.value = this.value;
  }

  #typed = (event: InputEvent) => {
    this.value = (event.target as HTMLInputElement).value;
  };

  #key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing) this.closest('form')?.requestSubmit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-field': HectoField;
  }
}
