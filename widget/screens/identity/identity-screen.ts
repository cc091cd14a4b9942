import { html, nothing, type CSSResultGroup } from 'lit';
import type { Carrier, VerificationMethod } from '../../../shared/api/state.ts';
import { parseBirth } from '../../../shared/values/birth.ts';
import { parsePersonName } from '../../../shared/values/person-name.ts';
import { parsePhoneNumber } from '../../../shared/values/phone-number.ts';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import type { HectoField } from '../../parts/hecto-field.ts';
import type { HectoSheet } from '../../parts/hecto-sheet.ts';
import { trouble } from '../../parts/notice.ts';
import { digitsOf, groupAtEnd, grouped } from '../digits.ts';
import { styles } from './identity-screen.styles.ts';

/** One question after the other, in this order. */
const questions = ['name', 'birth', 'carrier', 'phone', 'method'] as const;
type Question = (typeof questions)[number];

type Draft = {
  name: string;
  birth: string;
  genderDigit: string;
  carrier?: Carrier;
  phone: string;
  /** How many questions have been asked so far. */
  asked: number;
};

/**
 * Who the customer is: one question at a time, the newest on top; earlier answers stay below and can be changed.
 * Only seven digits of the resident number fit in here (S83).
 */
export class IdentityScreen extends Screen<'identity'> {
  static override properties = { wrong: { state: true }, choosing: { state: true } };
  static override styles: CSSResultGroup = [Screen.styles, styles];

  private wrong: Question | undefined;
  private choosing = false;

  override render() {
    const { identity, common } = this.text;
    const { asked } = this.#draft;
    const newest = this.#newest;
    return html`
      <form @submit=${this.#submit}>
        <h1 tabindex="-1">${identity.titles[newest]}</h1>
        ${newest === 'method' ? html`<p class="lead">${identity.methodHint}</p>` : nothing}
        <div class="stack">
          ${trouble(this.refusal)} ${asked > 3 ? this.#phone() : nothing}
          ${asked > 2 ? this.#carrier() : nothing} ${asked > 1 ? this.#birth() : nothing} ${this.#name()}
        </div>
        <div class="actions">
          ${
            newest === 'method'
              ? html`${button(identity.sms, this.#verifyBy('sms'), { busy: this.busy })}
                ${button(identity.pass, this.#verifyBy('pass'), { kind: 'secondary', disabled: this.busy })}`
              : button(common.next)
          }
        </div>
      </form>
      ${this.#carrierSheet()}
    `;
  }

  #name() {
    const { identity } = this.text;
    return html`<hecto-field
      id="name"
      label=${identity.name}
      autocomplete="name"
      hint=${this.#draft.asked === 1 ? identity.nameHint : ''}
      error=${this.wrong === 'name' ? identity.nameError : ''}
      .value=${this.#draft.name}
      @input=${this.#typed('name', (field) => (this.#draft.name = field.value))}
    ></hecto-field>`;
  }

  #birth() {
    const { identity } = this.text;
    return html`<div class="pair newest" role="group" aria-label=${identity.resident}>
        <hecto-field
          id="birth"
          label=${identity.birth}
          inputmode="numeric"
          maxlength="6"
          error=${this.wrong === 'birth' ? identity.birthError : ''}
          .value=${this.#draft.birth}
          @input=${this.#typed('birth', (field) => this.#takeBirth(field.value))}
          @paste=${this.#pasteBirth}
        ></hecto-field>
        <hecto-field
          id="gender"
          label=${identity.gender}
          inputmode="numeric"
          maxlength="1"
          .value=${this.#draft.genderDigit}
          @input=${this.#typed('birth', (field) => this.#takeGender(field.value))}
          @keydown=${this.#backToBirth}
        >
          <span class="rest" aria-hidden="true">●●●●●●</span>
        </hecto-field>
      </div>
      <p class="note">${identity.birthHint}</p>`;
  }

  #carrier() {
    const { identity } = this.text;
    const { carrier } = this.#draft;
    return html`<div class="newest">
      <span class="label" id="carrier-label">${identity.carrier}</span>
      <button
        id="carrier"
        class="box pick arrow"
        type="button"
        aria-haspopup="dialog"
        aria-labelledby="carrier-label carrier"
        @click=${() => (this.choosing = true)}
      >
        ${carrier ? identity.carriers[carrier] : identity.choose}
      </button>
    </div>`;
  }

  #phone() {
    const { identity } = this.text;
    return html`<hecto-field
      id="phone"
      class="newest"
      type="tel"
      label=${identity.phone}
      inputmode="numeric"
      autocomplete="tel-national"
      hint=${this.#draft.asked === 4 ? identity.phoneHint : ''}
      error=${this.wrong === 'phone' ? identity.phoneError : ''}
      .value=${this.#draft.phone}
      @input=${this.#typed('phone', (field) => this.#takePhone(field))}
    ></hecto-field>`;
  }

  #carrierSheet() {
    const { identity, shell } = this.text;
    return html`<hecto-sheet
      label=${identity.titles.carrier}
      close-label=${shell.close}
      .open=${this.choosing}
      @sheet-closed=${() => (this.choosing = false)}
    >
      <ul class="carriers">
        ${(Object.keys(identity.carriers) as Carrier[]).map(
          (carrier) =>
            html`<li>
              <button
                type="button"
                aria-current=${carrier === this.#draft.carrier ? 'true' : nothing}
                @click=${() => this.#choose(carrier)}
              >
                ${identity.carriers[carrier]}
              </button>
            </li>`,
        )}
      </ul>
      <details>
        <summary>${identity.mvno}</summary>
        <p>${identity.mvnoText}</p>
      </details>
    </hecto-sheet>`;
  }

  /** To the newest question, so that typing can go on at once. */
  override async focusHeading(): Promise<void> {
    await this.updateComplete;
    const id = this.#newest;
    this.renderRoot.querySelector<HTMLElement>(id === 'method' ? 'h1' : `#${id}`)?.focus();
  }

  get #newest(): Question {
    return questions[this.#draft.asked - 1] ?? 'name';
  }

  get #draft(): Draft {
    return this.draft(() => {
      const { name = '', phone = '' } = this.state.prefill ?? {};
      return { name, phone: grouped(digitsOf(phone), [3, 4], '-'), birth: '', genderDigit: '', asked: 1 };
    });
  }

  #typed = (question: Question, take: (field: HectoField) => void) => (event: Event) => {
    if (this.wrong === question) this.wrong = undefined;
    take(event.target as HectoField);
    this.requestUpdate();
  };

  /** Takes what is in the birth field; a seventh digit in there belongs to the next one. */
  #takeBirth(input: string) {
    const draft = this.#draft;
    const digits = digitsOf(input);
    draft.birth = digits.slice(0, 6);
    this.#field('birth').value = draft.birth;
    if (draft.birth.length < 6) return;
    if (digits.length > 6) this.#takeGender(digits.slice(6));
    else if (!draft.genderDigit) this.#field('gender').focus();
    else this.#birthIsThere();
  }

  #takeGender(input: string) {
    const draft = this.#draft;
    draft.genderDigit = digitsOf(input).slice(0, 1);
    this.#field('gender').value = draft.genderDigit;
    if (draft.genderDigit && draft.birth.length === 6) this.#birthIsThere();
  }

  #birthIsThere() {
    if (this.#answered('birth')) this.#next('birth');
    else this.wrong = 'birth';
  }

  // A whole resident number is cut before it gets into the field.
  #pasteBirth = (event: ClipboardEvent) => {
    const pasted = digitsOf(event.clipboardData?.getData('text') ?? '');
    if (pasted.length < 7) return;
    event.preventDefault();
    this.#takeBirth(pasted.slice(0, 7));
    this.requestUpdate();
  };

  #backToBirth = (event: KeyboardEvent) => {
    if (event.key === 'Backspace' && !this.#field('gender').value) this.#field('birth').focus();
  };

  #takePhone(field: HectoField) {
    this.#draft.phone = groupAtEnd(field, [3, 4], '-', 11);
    if (digitsOf(field.value).length === 11 && this.#answered('phone')) this.#next('phone');
  }

  #choose(carrier: Carrier) {
    this.#draft.carrier = carrier;
    this.renderRoot.querySelector<HectoSheet>('hecto-sheet')?.close();
    this.choosing = false;
    this.#next('carrier');
  }

  #answered(question: Question): boolean {
    const { name, birth, genderDigit, carrier, phone } = this.#draft;
    return !!{
      name: parsePersonName(name),
      birth: parseBirth(birth, genderDigit, new Date(this.service.now())),
      carrier,
      phone: parsePhoneNumber(phone),
      method: true,
    }[question];
  }

  /** Goes on to the next question, if `question` is the newest one. */
  #next(question: Question) {
    if (this.#newest !== question) return;
    this.#draft.asked++;
    this.requestUpdate();
    if (this.#newest === 'carrier') this.choosing = true;
    else void this.focusHeading();
  }

  /** The first question without a proper answer; shows it and goes there. */
  #unanswered(): Question | undefined {
    const open = questions.slice(0, this.#draft.asked).find((question) => !this.#answered(question));
    this.wrong = open;
    if (open === 'carrier') this.choosing = true;
    else if (open) this.#field(open).focus();
    return open;
  }

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    const newest = this.#newest;
    if (newest !== 'method' && !this.#unanswered()) this.#next(newest);
  };

  #verifyBy = (method: VerificationMethod) => () => {
    const draft = this.#draft;
    if (this.#unanswered() || !draft.carrier) return;
    const { name, birth, genderDigit, carrier, phone } = draft;
    this.command({
      type: 'identity',
      name: parsePersonName(name) ?? name,
      birth,
      genderDigit,
      carrier,
      phone: parsePhoneNumber(phone) ?? phone,
      method,
    });
  };

  #field(id: string): HectoField {
    return this.renderRoot.querySelector<HectoField>(`#${id}`)!;
  }
}
