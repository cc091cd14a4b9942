import { html, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import type { Bank } from '../../../shared/api/widget.ts';
import { parseAccountNumber } from '../../../shared/values/account-number.ts';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import type { HectoField } from '../../parts/hecto-field.ts';
import { notice, trouble } from '../../parts/notice.ts';
import { fill } from '../../../shared/values/fill.ts';
import { bankMark, bankMarkStyles } from '../bank-mark.ts';
import { digitsOf, groupAtEnd, grouped } from '../digits.ts';
import { Loaded } from '../loaded.ts';
import { styles } from './account-screen.styles.ts';
import { findBanks, readAccount } from './bank-search.ts';

const kinds = ['bank', 'securities'] as const;

type Draft = { bank?: Bank | undefined; number: string };

/** First the bank, then the number; a pasted `국민 123-45-678901` answers both. */
export class AccountScreen extends Screen<'account'> {
  static override properties = {
    kind: { state: true },
    query: { state: true },
    closed: { state: true },
    wrong: { state: true },
    quiet: { state: true },
  };
  static override styles: CSSResultGroup = [Screen.styles, bankMarkStyles, styles];

  private kind: Bank['kind'] = 'bank';
  private query = '';
  /** A bank that was pressed although it takes nothing now: says why. */
  private closed: Bank | undefined;
  private wrong = false;
  /** The customer is typing again: the last refusal has been read. */
  private quiet = false;
  readonly #banks = new Loaded(this, () => this.service.banks());

  override render() {
    const { account } = this.text;
    const { bank } = this.#draft;
    const name = this.state.known.name;
    return html`<form @submit=${this.#submit}>
      <h1 tabindex="-1">${bank ? account.numberTitle : account.bankTitle}</h1>
      ${name ? html`<p class="lead">${fill(account.lead, { name })}</p>` : nothing}
      <div class="stack">
        ${bank ? this.#number(bank) : this.#banks.view(this.text, (banks) => this.#choice(banks))}
      </div>
      ${
        bank
          ? html`<div class="actions">${button(account.check, undefined, { busy: this.busy })}</div>`
          : nothing
      }
    </form>`;
  }

  #choice(banks: readonly Bank[]) {
    const { account } = this.text;
    const found = this.query ? findBanks(banks, this.query) : banks.filter(({ kind }) => kind === this.kind);
    return html`
      ${this.#notice()}
      <hecto-field
        id="search"
        type="search"
        label=${account.search}
        hint=${account.searchHint}
        .value=${this.query}
        @input=${(event: Event) => this.#search((event.target as HectoField).value)}
        @paste=${this.#pasted}
      ></hecto-field>
      ${
        this.query
          ? nothing
          : html`<div role="tablist" @keydown=${this.#switch}>
              ${kinds.map(
                (kind) =>
                  html`<button
                    type="button"
                    role="tab"
                    id=${kind}
                    aria-controls="banks"
                    aria-selected=${kind === this.kind}
                    tabindex=${kind === this.kind ? 0 : -1}
                    @click=${() => (this.kind = kind)}
                  >
                    ${account.kinds[kind]}
                  </button>`,
              )}
            </div>`
      }
      <div
        id="banks"
        role=${this.query ? nothing : 'tabpanel'}
        aria-labelledby=${this.query ? nothing : this.kind}
      >
        ${
          found.length
            ? html`<ul class="banks">
                ${found.map((bank) => this.#bank(bank))}
              </ul>`
            : html`<p class="lead" role="status">${account.none}</p>`
        }
      </div>
    `;
  }

  #bank(bank: Bank) {
    const name = this.#nameOf(bank);
    const why = bank.closed?.badge[this.locale];
    return html`<li>
      <button type="button" class=${why ? 'closed' : ''} @click=${() => this.#choose(bank)}>
        ${bankMark(bank.code, name)}
        <span>${name}</span>
        ${why ? html`<small>${why.split(' ').map((word) => html`<span>${word}</span> `)}</small>` : nothing}
      </button>
    </li>`;
  }

  #number(bank: Bank) {
    const { account } = this.text;
    const name = this.#nameOf(bank);
    const aboutBank = this.state.refusal?.code.startsWith('bank-');
    const refusal = this.quiet || aboutBank ? '' : this.refusal;
    return html`
      ${aboutBank ? this.#notice() : nothing}
      <hecto-field
        id="number"
        label=${account.number}
        hint=${account.numberHint}
        inputmode="numeric"
        error=${this.wrong ? account.numberError : refusal}
        .value=${this.#draft.number}
        @input=${this.#typed}
        @paste=${this.#pasted}
      ></hecto-field>
      <button type="button" class="card" @click=${() => this.#choose(undefined)}>
        ${bankMark(bank.code, name)}
        <b>${name}</b>
        <span>${account.changeBank}</span>
      </button>
    `;
  }

  #notice() {
    const closed = this.closed?.closed;
    if (closed) return notice(closed.text[this.locale]);
    return trouble(this.quiet ? '' : this.refusal);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('state')) this.quiet = false;
  }

  /** From the number back to the banks. */
  override undo(): boolean {
    const { bank } = this.#draft;
    if (bank) this.#choose(undefined);
    return !!bank;
  }

  get #draft(): Draft {
    return this.draft((): Draft => ({ number: '' }));
  }

  /** The long English names of the cooperatives carry a short one in brackets. */
  #nameOf({ name }: Bank): string {
    const full = name[this.locale];
    return /\((\w+)\)$/.exec(full)?.[1] ?? full;
  }

  #choose(bank: Bank | undefined) {
    this.quiet = true;
    this.query = '';
    this.closed = bank?.closed && bank;
    if (!this.closed) this.#draft.bank = bank;
    this.requestUpdate();
    void this.#goOn();
  }

  /** To where the next thing is to be read or done. */
  async #goOn() {
    await this.updateComplete;
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    if (this.closed) find('.notice')?.scrollIntoView({ block: 'center' });
    else (find('#number') ?? find('h1'))?.focus();
  }

  #search(query: string) {
    // What is typed is whole only at Enter; what comes at once was filled in by the device.
    const atOnce = query.length > this.query.length + 1;
    this.query = query;
    this.closed = undefined;
    if (atOnce) this.#takeWhole(query);
  }

  #typed = (event: Event) => {
    this.#draft.number = groupAtEnd(event.target as HectoField, [4, 4, 4], ' ', 15);
    this.wrong = false;
    this.quiet = true;
  };

  #pasted = (event: ClipboardEvent) => {
    if (this.#takeWhole(event.clipboardData?.getData('text') ?? '')) event.preventDefault();
  };

  /** Takes bank and number out of one text; says whether there was an account number in it. */
  #takeWhole(text: string): boolean {
    const pasted = readAccount(text, this.#banks.value ?? []);
    if (!pasted) return false;
    this.#draft.number = grouped(pasted.number, [4, 4, 4], ' ');
    this.#choose(pasted.bank ?? this.#draft.bank);
    return true;
  }

  #switch = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    this.kind = kinds.find((kind) => kind !== this.kind)!;
    this.renderRoot.querySelector<HTMLElement>(`#${this.kind}`)?.focus();
  };

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { bank, number } = this.#draft;
    if (!bank) return void this.#takeWhole(this.query);
    const accountNumber = parseAccountNumber(digitsOf(number));
    this.wrong = !accountNumber;
    if (this.wrong) void this.#goOn();
    if (accountNumber) this.command({ type: 'account', bankCode: bank.code, accountNumber });
  };
}
