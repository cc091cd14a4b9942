import { html, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { fill } from '../../../shared/values/fill.ts';
import { buttonFrom } from '../button-from.ts';
import { digitsOf } from '../digits.ts';
import { timeLeft } from '../time-left.ts';
import { styles } from './code-screen.styles.ts';

const length = 6;

/** The code from the text message: one field that looks like six boxes, sent by its sixth digit. */
export class CodeScreen extends Screen<'code'> {
  static override properties = { value: { state: true }, expired: { state: true }, quiet: { state: true } };
  static override styles: CSSResultGroup = [Screen.styles, styles];

  private value = '';
  private expired = false;
  /** The customer is typing again: the last refusal has been read. */
  private quiet = false;
  private resent = false;
  #sent = '';

  override render() {
    const { code, common } = this.text;
    const { known, expiresAt } = this.state;
    const error = this.expired ? code.expired : this.quiet ? '' : this.refusal;
    const boxes = Array.from({ length }, (_, index) => this.value[index] ?? '');
    return html`
      <form @submit=${this.#submit}>
        <h1 tabindex="-1">${code.title}</h1>
        <p class="lead">${fill(code.lead, { phone: known.phone ?? '' })}</p>
        <label class="label" for="code">${code.label}</label>
        <div class="code">
          ${boxes.map(
            (digit, index) =>
              html`<span
                aria-hidden="true"
                class="box ${error && 'bad'} ${index === Math.min(this.value.length, length - 1) ? 'here' : ''}"
                >${digit}</span
              >`,
          )}
          <input
            id="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            maxlength=${length}
            pattern="[0-9]*"
            aria-invalid=${!!error}
            aria-describedby="error"
            @input=${this.#typed}
            @paste=${this.#pasted}
          />
        </div>
        <p id="error" class="error" role="alert">${error}</p>
        <div class="row">
          <span> ${code.timeLeft} ${timeLeft(this, expiresAt, () => (this.expired = true))} </span>
          ${
            this.state.sendsLeft > 0
              ? buttonFrom(this.state.resendAt, this, 'quiet', code.resend, this.#resend)
              : nothing
          }
        </div>
        <p class="note" role="status">${this.resent ? code.resent : nothing}</p>
        <p class="note">${code.spam}</p>
        <div class="actions">
          ${button(common.confirm, undefined, { busy: this.busy, disabled: this.value.length < length })}
          ${button(code.back, () => this.command({ type: 'back', to: 'identity' }), { kind: 'quiet' })}
        </div>
      </form>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (!changed.has('state')) return;
    this.quiet = false;
    this.#sent = '';
    this.resent = !!before && before.expiresAt !== this.state.expiresAt && !this.state.refusal;
    this.expired = Date.parse(this.state.expiresAt) <= this.service.now();
    if (this.resent) this.value = '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#input.value !== this.value) this.#input.value = this.value;
    // Selected, so that typing replaces the wrong code.
    if (changed.get('state') && this.isConnected) {
      this.#input.focus();
      this.#input.select();
    }
  }

  override async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.#input.focus();
  }

  get #input() {
    return this.renderRoot.querySelector<HTMLInputElement>('#code')!;
  }

  #typed = () => {
    this.#take(this.#input.value);
  };

  #pasted = (event: ClipboardEvent) => {
    event.preventDefault();
    this.#take(event.clipboardData?.getData('text') ?? '');
  };

  #take(input: string) {
    this.value = digitsOf(input).slice(0, length);
    this.#input.value = this.value;
    this.quiet = true;
    this.#send();
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    this.#sent = '';
    this.#send();
  };

  #send() {
    if (this.value.length < length) this.#sent = '';
    if (this.value.length < length || this.value === this.#sent || this.busy || this.expired) return;
    this.#sent = this.value;
    this.command({ type: 'code', code: this.value });
  }

  #resend = () => this.command({ type: 'resend' });
}
