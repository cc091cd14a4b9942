import { html, nothing, svg, type CSSResultGroup, type PropertyValues } from 'lit';
import type { ArsPhase } from '../../../shared/api/state.ts';
import { Screen } from '../../app/screen.ts';
import type { HectoSheet } from '../../parts/hecto-sheet.ts';
import { fill } from '../../text/fill.ts';
import { accountCard, accountCardStyles } from '../account-card.ts';
import { buttonFrom } from '../button-from.ts';
import { refusalText } from '../refusal-text.ts';
import { stepList, stepListStyles } from '../step-list.ts';
import { styles } from './ars-screen.styles.ts';

type Calling = Extract<ArsPhase, { phase: 'calling' }>;

/** The phone call: what will happen, then the number to press, then patience. Waiting never looks like a failure. */
export class ArsScreen extends Screen<'ars'> {
  static override properties = { helping: { state: true } };
  static override styles: CSSResultGroup = [Screen.styles, stepListStyles, accountCardStyles, styles];

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
    const refusal = this.state.callsLeft
      ? refusalText(this)
      : this.text.ars.exhausted;
    return html`
      <h1 tabindex="-1">${fill(ars.readyTitle, { name })}</h1>
      <div class="stack">
        ${refusal ? html`<hecto-notice kind="error">${refusal}</hecto-notice>` : nothing}
        ${account ? accountCard(account, this.locale) : nothing}
      </div>
      ${stepList(ars.steps.map((step) => fill(step, { phone })))}
      <hecto-actions>
        ${this.#callButton(ars.call)}
        <hecto-button
          kind="secondary"
          .disabled=${this.busy}
          @click=${() => this.command({ type: 'back', to: 'account' })}
          >${ars.other}</hecto-button
        >
      </hecto-actions>
    `;
  }

  #calling({ digits, callEndsAt }: Calling) {
    const { ars, shell } = this.text;
    const { callsLeft } = this.state;
    const spoken = [...digits].map((digit) => ars.numerals[Number(digit)]).join(' ');
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
            ${['all', 'left'].map((id) => svg`<circle id=${id} cx="32" cy="32" r="30" pathLength="1" />`)}
          </svg>
          <hecto-countdown
            label=${this.text.code.timeLeft}
            .to=${callEndsAt}
            .now=${() => this.service.now()}
            .spoken=${(seconds: number) => fill(shell.timeLeft, { time: seconds })}
          ></hecto-countdown>
        </span>
        <span role="status">${ars.calling}</span>
      </div>
      <hecto-notice kind="warning">${ars.warning}</hecto-notice>
      <hecto-actions>
        <hecto-button kind="secondary" @click=${() => (this.helping = true)}>${ars.notComing}</hecto-button>
      </hecto-actions>
      <hecto-sheet
        label=${ars.reasonsTitle}
        close-label=${shell.close}
        .open=${this.helping}
        @sheet-closed=${() => (this.helping = false)}
      >
        <ul class="reasons">
          ${ars.reasons.map((reason) => html`<li>${reason}</li>`)}
        </ul>
        <div slot="actions">
          ${this.#callButton(ars.again)}
          <p class="note">
            ${callsLeft ? fill(ars.callsLeft, { count: callsLeft }) : this.text.ars.exhausted}
          </p>
        </div>
      </hecto-sheet>
    `;
  }

  #callButton(name: string) {
    const { callsLeft, nextCallAt } = this.state;
    return callsLeft ? buttonFrom(nextCallAt, this, 'primary', name, this.#call) : nothing;
  }

  #working(title: string, explanation: string) {
    return html`<h1 tabindex="-1">${title}</h1>
      <p class="lead" role="status">${explanation}</p>
      <div class="working"></div>`;
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
          { duration: this.secondsUntil(ars.callEndsAt) * 1000, fill: 'forwards' },
        );
  }

  #call = () => {
    this.renderRoot.querySelector<HectoSheet>('hecto-sheet')?.close();
    this.helping = false;
    this.command({ type: 'call' });
  };
}
