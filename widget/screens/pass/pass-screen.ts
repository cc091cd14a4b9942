import { css, html, type CSSResultGroup } from 'lit';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { trouble } from '../../parts/notice.ts';
import { fill } from '../../../shared/values/fill.ts';
import { buttonFrom } from '../button-from.ts';
import { stepList, stepListStyles } from '../step-list.ts';
import { timeLeft } from '../time-left.ts';

/**
 * Waits while the customer verifies in the PASS app, and goes on by itself when that is done. The app may be opened
 * from here where it is likely to be: on a phone.
 */
export class PassScreen extends Screen<'pass'> {
  static override styles: CSSResultGroup = [
    Screen.styles,
    stepListStyles,
    css`
      .steps + p {
        margin: var(--hecto-space-l) 0;
        color: var(--hecto-color-text-muted);
      }
      .note {
        padding: 12px 0;
      }
      @media (pointer: fine) {
        .app {
          display: none;
        }
      }
    `,
  ];
  #asked = false;

  override render() {
    const { pass, code } = this.text;
    const { carrier = 'skt', phone = '' } = this.state.known;
    const { url, storeUrl: androidStore, appStoreUrl } = this.state.app;
    // Only Apple's phones know this property.
    const storeUrl = CSS.supports('-webkit-touch-callout:none') ? appStoreUrl : androidStore;
    const app = { carrier, url, storeUrl };
    // That it is not finished is news only to whoever said it was.
    const quiet = !this.#asked && this.state.refusal?.code === 'pass-not-finished';
    return html`
      <h1 tabindex="-1">${pass.title}</h1>
      <p class="lead">${fill(pass.lead, { phone })}</p>
      ${stepList(pass.steps)}
      <p>${code.timeLeft} ${timeLeft(this, this.state.expiresAt)}</p>
      <div class="app">
        <button type="button" class="card" @click=${() => this.command({ type: 'open-app', app })}>
          ${pass.open}
        </button>
        <a class="note" href=${storeUrl} target="_top">${pass.store}</a>
      </div>
      ${trouble(quiet ? '' : this.refusal)}
      <div class="actions">
        ${button(pass.check, this.#check, { busy: this.busy })}
        ${buttonFrom(this.state.resendAt, this, 'quiet', pass.resend, () => this.command({ type: 'resend' }))}
        ${button(pass.toSms, () => this.command({ type: 'back', to: 'identity' }), { kind: 'quiet' })}
      </div>
    `;
  }

  #check = () => {
    this.#asked = true;
    this.command({ type: 'pass' });
  };
}
