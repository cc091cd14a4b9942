import { html, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import type { Keypad } from '../../../shared/api/widget.ts';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { fill } from '../../../shared/values/fill.ts';
import { Loaded } from '../loaded.ts';
import { styles } from './password-screen.styles.ts';

const length = 6;

/**
 * The payment password on a pad that the BFF shuffles for every showing. What leaves this screen are positions on
 * that pad, never digits (S68); nothing shows which key was pressed.
 */
export class PasswordScreen extends Screen<'password'> {
  static override styles: CSSResultGroup = [Screen.styles, styles];

  #positions: number[] = [];
  readonly #keypad = new Loaded(this, () => this.#ask());
  #renewal: ReturnType<typeof setTimeout> | undefined;
  /** The version of the state that the pad was asked for in. */
  #askedAt: number | undefined;

  constructor() {
    super();
    this.addEventListener('keydown', this.#typed);
  }

  override render() {
    const { password, pass } = this.text;
    const { phase, replaceable } = this.state;
    const count = this.#positions.length;
    return html`
      <h1 tabindex="-1">${password.titles[phase]}</h1>
      <p class="lead">${password.leads[phase]}</p>
      ${
        phase === 'set'
          ? html`<ul class="points note">
              ${password.rules.map((rule) => html`<li>${rule}</li>`)}
            </ul>`
          : nothing
      }
      <div class="dots" aria-hidden="true">
        ${Array.from({ length }, (_, index) => html`<span class=${index < count ? 'full' : ''}></span>`)}
      </div>
      <p class="unseen" role="status">${count ? fill(password.entered, { count }) : nothing}</p>
      <p class="error" role="alert">${count ? nothing : this.refusal}</p>
      ${
        this.#isLocked
          ? button(pass.toSms, this.#toPhone, { busy: this.busy })
          : this.#keypad.view(this.text, (keypad) => this.#pad(keypad))
      }
      ${replaceable && !this.#isLocked ? button(password.forgotten, this.#toPhone, { kind: 'quiet' }) : nothing}
    `;
  }

  #pad(keypad: Keypad) {
    const { password } = this.text;
    return html`<div class="pad" role="group" aria-label=${password.pad}>
      ${keypad.keys.map((key, position) =>
        key
          ? html`<button type="button" @click=${() => this.#press(position)}>${key}</button>`
          : html`<span></span>`,
      )}
      <button type="button" class="word" @click=${this.#renew}>${password.shuffle}</button>
      <span></span>
      <button type="button" class="word" @click=${this.#remove}>${password.remove}</button>
    </div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#renewal);
    this.#positions = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A pad is good for one try, whatever came of it, and for the state it was asked for in.
    const tried = changed.get('busy') && this.#positions.length === length;
    if (!this.busy && (tried || this.#askedAt !== this.state.version)) this.#renew();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')?.phase;
    // Digits typed on a keyboard come in only where the focus is; a new pad takes the pressed key's focus away.
    if ((before && before !== this.state.phase) || document.activeElement === document.body)
      void this.focusHeading();
  }

  /** After too many wrong tries only the phone helps; the BFF has no pad to give then. */
  get #isLocked(): boolean {
    return !this.state.triesLeft;
  }

  async #ask(): Promise<Keypad> {
    this.#askedAt = this.state.version;
    if (this.#isLocked) throw new Error('locked');
    const keypad = await this.service.keypad(this.state.phase);
    clearTimeout(this.#renewal);
    // Never in a loop, whatever the clocks say.
    const lasts = Math.max(9_000, Date.parse(keypad.expiresAt) - this.service.now());
    if (this.isConnected) this.#renewal = setTimeout(this.#renew, lasts);
    return keypad;
  }

  #toPhone = () => this.command({ type: 'back', to: 'identity' });

  #renew = () => {
    this.#positions = [];
    void this.#keypad.load();
  };

  #press(position: number) {
    const keypad = this.#keypad.value;
    if (!keypad || this.busy || this.#positions.length === length) return;
    this.#positions = [...this.#positions, position];
    this.requestUpdate();
    if (this.#positions.length === length)
      this.command({ type: 'password', keypad, positions: this.#positions });
  }

  #remove = () => {
    if (this.busy) return;
    this.#positions = this.#positions.slice(0, -1);
    this.requestUpdate();
  };

  #typed = (event: KeyboardEvent) => {
    const position = /^\d$/.test(event.key) ? (this.#keypad.value?.keys.indexOf(event.key) ?? -1) : -1;
    if (position >= 0) this.#press(position);
    else if (event.key === 'Backspace') this.#remove();
  };
}
