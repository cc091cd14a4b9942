import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { shared } from '../styles/shared.ts';

/**
 * A labelled text field around one native input. Its native `input` events reach the outside (`event.target.value`
 * is this element's); Enter submits the form around it, but never in the middle of composing Hangul.
 * @slot - something after the input, inside the box (a countdown, a unit)
 */
export class HectoField extends LitElement {
  static readonly formAssociated = true;
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override properties = {
    label: {},
    value: {},
    hint: {},
    error: {},
    type: {},
    name: { reflect: true },
    inputmode: {},
    autocomplete: {},
    placeholder: {},
    maxlength: { type: Number },
    readonly: { type: Boolean },
  };

  static override styles = [
    shared,
    css`
      label {
        display: block;
        margin-bottom: var(--hecto-space-xs);
        font-size: var(--hecto-font-size-s);
        font-weight: 600;
        color: var(--hecto-color-text-muted);
      }
      .box {
        display: flex;
        align-items: center;
        gap: var(--hecto-space-s);
        padding: 0 var(--hecto-space-m);
        border: 1px solid var(--hecto-color-line-strong);
        border-radius: var(--hecto-radius-m);
        background: var(--hecto-color-background);
        transition: border-color var(--hecto-duration);
      }
      .box:focus-within {
        border-color: var(--hecto-color-accent);
        outline: 2px solid var(--hecto-color-accent);
        outline-offset: -1px;
      }
      .bad {
        border-color: var(--hecto-color-error);
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: calc(var(--hecto-control) - 2px);
        padding: 0;
        border: 0;
        background: none;
        /* Below 16 px iOS zooms into the field. */
        font-size: max(16px, var(--hecto-font-size-l));
        font-variant-numeric: tabular-nums;
      }
      input:focus-visible {
        outline: none; /* the box shows it */
      }
      ::placeholder {
        color: var(--hecto-color-text-muted);
        opacity: 1;
      }
      .note {
        margin-top: var(--hecto-space-xs);
        font-size: var(--hecto-font-size-s);
        color: var(--hecto-color-text-muted);
      }
      .error {
        font-weight: 600;
        color: var(--hecto-color-error);
      }
    `,
  ];

  label = '';
  value = '';
  hint = '';
  /** What is wrong and what is allowed. Shown under the field and spoken at once. */
  error = '';
  type: 'text' | 'tel' | 'search' = 'text';
  name = '';
  inputmode: 'text' | 'numeric' | 'tel' | 'search' = 'text';
  autocomplete = 'off';
  placeholder = '';
  maxlength?: number;
  readonly = false;
  readonly #internals = this.attachInternals();

  /** Selects what is in the field, so that typing replaces it. */
  select(): void {
    this.input?.select();
  }

  /** The native input, for WebOTP and tests of autofill. */
  get input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  override render() {
    return html`<label for="input">${this.label}</label>
      <div class="box ${this.error ? 'bad' : ''}">
        <input
          id="input"
          type=${this.type}
          inputmode=${this.inputmode}
          autocomplete=${this.autocomplete}
          placeholder=${this.placeholder || nothing}
          maxlength=${this.maxlength ?? nothing}
          ?readonly=${this.readonly}
          autocapitalize="off"
          spellcheck="false"
          aria-describedby="error hint"
          aria-invalid=${this.error ? 'true' : 'false'}
          @input=${this.#typed}
          @keydown=${this.#key}
        />
        <slot></slot>
      </div>
      <div id="error" class="note error" role="alert">${this.error}</div>
      <div id="hint" class="note">${this.hint}</div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { input } = this;
    // Written only when it differs: writing moves the caret and disturbs the composing of Hangul.
    if (input && input.value !== this.value) input.value = this.value;
    if (changed.has('value')) this.#internals.setFormValue(this.value);
  }

  #typed = (event: InputEvent) => {
    this.value = (event.target as HTMLInputElement).value;
    this.#internals.setFormValue(this.value);
  };

  #key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing) this.#internals.form?.requestSubmit();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-field': HectoField;
  }
}
