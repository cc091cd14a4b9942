import { html, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import type { ArsPhase } from '../../../shared/api/state.ts';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import type { HectoSheet } from '../../parts/hecto-sheet.ts';
import { notice, trouble } from '../../parts/notice.ts';
import { fill } from '../../../shared/values/fill.ts';
import { accountCard } from '../account-card.ts';
import { bankMarkStyles } from '../bank-mark.ts';
import { buttonFrom } from '../button-from.ts';
import { stepList, stepListStyles } from '../step-list.ts';
import { timeLeft } from '../time-left.ts';
import { styles } from './ars-screen.styles.ts';

type Calling = Extract<ArsPhase, { phase: 'calling' }>;

/** The phone call: what will happen, then the number to press, then patience. Waiting never looks like a failure. */
export class ArsScreen extends Screen<'ars'> {
  static override properties = { helping: { state: true } };
  static override styles: CSSResultGroup = [Screen.styles, stepListStyles, bankMarkStyles, styles];

  private helping = false;

  override render() {
    const { ars } = this.state;
    const { ars: text } = this.text;
    switch (ars.phase) {
      case 'ready':
        return this.#ready();
      case 'calling':
        return this.#calling(ars);
      case 'registering':
        return this.#working(text.registeringTitle, text.registeringText);
      case 'confirming':
        return this.#working(text.confirmingTitle, text.confirmingText);
    }
  }

  #ready() {
    const { ars } = this.text;
    const { account, name = '', phone = '' } = this.state.known;
    return html`
      <h1 tabindex="-1">${fill(ars.readyTitle, { name })}</h1>
      <div class="stack">
        ${trouble(this.state.callsLeft ? this.refusal : ars.exhausted)}
        ${account ? accountCard(account, this.locale) : nothing}
      </div>
      ${stepList(ars.steps.map((step) => fill(step, { phone })))}
      <div class="actions">
        ${this.#callButton(ars.call)}
        ${button(ars.other, () => this.command({ type: 'back', to: 'account' }), {
          kind: 'secondary',
          disabled: this.busy,
        })}
      </div>
    `;
  }

  #calling({ digits, callEndsAt }: Calling) {
    const { ars, shell } = this.text;
    const { callsLeft } = this.state;
    const spoken = [...digits].map((digit) => ars.numerals.split(' ')[Number(digit)]).join(' ');
    return html`
      <h1 tabindex="-1">${ars.callingTitle}</h1>
      <div class="call">
        <span>${ars.digits}</span>
        <span class="digits ${digits.length > 4 ? 'long' : ''}" aria-hidden="true">${digits}</span>
        <span class="spoken" role="status">${spoken}</span>
      </div>
      <div class="state">
        <span class="ring">
          <svg viewBox="0 0 64 64" aria-hidden="true">
            <circle cx="32" cy="32" r="30" />
            <circle id="left" cx="32" cy="32" r="30" pathLength="1" />
          </svg>
          ${timeLeft(this, callEndsAt)}
        </span>
        <span role="status">${ars.calling}</span>
      </div>
      ${trouble(this.refusal)} ${notice(ars.warning)}
      <div class="actions">${button(ars.notComing, () => (this.helping = true), { kind: 'secondary' })}</div>
      <hecto-sheet
        label=${ars.reasonsTitle}
        close-label=${shell.close}
        .open=${this.helping}
        @sheet-closed=${() => (this.helping = false)}
      >
        <ul class="points">
          ${ars.reasons.map((reason) => html`<li>${reason}</li>`)}
        </ul>
        <div slot="actions">
          ${this.#callButton(ars.again)}
          <p class="note">${callsLeft ? fill(ars.callsLeft, { count: callsLeft }) : ars.exhausted}</p>
        </div>
      </hecto-sheet>
    `;
  }

  #callButton(name: string) {
    const { callsLeft, nextCallAt } = this.state;
    return callsLeft ? buttonFrom(nextCallAt, this, '', name, this.#call) : nothing;
  }

  #working(title: string, explanation: string) {
    return html`<h1 tabindex="-1">${title}</h1>
      <p class="lead" role="status">${explanation}</p>
      <div class="spinner"></div>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    if (before && before.ars.phase !== this.state.ars.phase) this.helping = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state')?.ars;
    const { ars } = this.state;
    if (before && before.phase !== ars.phase) void this.focusHeading();
    if (ars.phase === 'calling' && (before?.phase !== 'calling' || before.callEndsAt !== ars.callEndsAt))
      this.renderRoot
        .querySelector('#left')
        ?.animate(
          { strokeDashoffset: [0, 1] },
          { duration: Math.max(0, Date.parse(ars.callEndsAt) - this.service.now()), fill: 'forwards' },
        );
  }

  #call = () => {
    this.renderRoot.querySelector<HectoSheet>('hecto-sheet')?.close();
    this.helping = false;
    this.command({ type: 'ars-calls' });
  };
}
