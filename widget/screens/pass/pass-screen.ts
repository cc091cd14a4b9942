import { css, html, type CSSResultGroup } from 'lit';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { trouble } from '../../parts/notice.ts';
import { fill } from '../../text/fill.ts';
import { buttonFrom } from '../button-from.ts';
import { refusalText } from '../refusal-text.ts';
import { stepList, stepListStyles } from '../step-list.ts';
import { timeLeft } from '../time-left.ts';

/** Waits while the customer verifies in the PASS app; the customer says when it is done. */
export class PassScreen extends Screen<'pass'> {
  static override styles: CSSResultGroup = [
    Screen.styles,
    stepListStyles,
    css`
      .steps + p {
        margin: var(--hecto-space-l) 0;
        color: var(--hecto-color-text-muted);
      }
    `,
  ];

  override render() {
    const { pass, code } = this.text;
    return html`
      <h1 tabindex="-1">${pass.title}</h1>
      <p class="lead">${fill(pass.lead, { phone: this.state.known.phone ?? '' })}</p>
      ${stepList(pass.steps)}
      <p>${code.timeLeft} ${timeLeft(this, this.state.expiresAt)}</p>
      ${trouble(refusalText(this))}
      <div class="actions">
        ${button(pass.check, () => this.command({ type: 'check-pass' }), { busy: this.busy })}
        ${buttonFrom(this.state.resendAt, this, 'quiet', pass.resend, () => this.command({ type: 'resend' }))}
        ${button(pass.toSms, () => this.command({ type: 'back', to: 'identity' }), { kind: 'quiet' })}
      </div>
    `;
  }
}
