import { css, html, nothing, type CSSResultGroup } from 'lit';
import { Screen } from '../../app/screen.ts';
import { fill } from '../../text/fill.ts';
import { buttonFrom } from '../button-from.ts';
import { refusalText } from '../refusal-text.ts';
import { stepList, stepListStyles } from '../step-list.ts';

/** Waits while the customer verifies in the PASS app; the customer says when it is done. */
export class PassScreen extends Screen<'pass'> {
  static override styles: CSSResultGroup = [
    Screen.styles,
    stepListStyles,
    css`
      .waiting {
        margin: var(--hecto-space-l) 0;
        color: var(--hecto-color-text-muted);
      }
    `,
  ];

  override render() {
    const { pass, code } = this.text;
    const refusal = refusalText(this);
    return html`
      <h1 tabindex="-1">${pass.title}</h1>
      <p class="lead">${fill(pass.lead, { phone: this.state.known.phone ?? '' })}</p>
      ${stepList(pass.steps)}
      <p class="waiting">
        ${code.timeLeft}
        <hecto-countdown
          label=${code.timeLeft}
          .to=${this.state.expiresAt}
          .now=${() => this.service.now()}
          .spoken=${(seconds: number) => fill(this.text.shell.timeLeft, { time: seconds })}
        ></hecto-countdown>
      </p>
      ${refusal ? html`<hecto-notice kind="error">${refusal}</hecto-notice>` : nothing}
      <hecto-actions>
        <hecto-button .busy=${this.busy} @click=${() => this.command({ type: 'check-pass' })}>
          ${pass.check}
        </hecto-button>
        ${buttonFrom(this.state.resendAt, this, 'quiet', pass.resend, () => this.command({ type: 'resend' }))}
        <hecto-button kind="quiet" @click=${() => this.command({ type: 'back', to: 'identity' })}>
          ${pass.toSms}
        </hecto-button>
      </hecto-actions>
    `;
  }
}
