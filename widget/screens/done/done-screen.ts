import { css, html, nothing, type CSSResultGroup } from 'lit';
import { Screen } from '../../app/screen.ts';
import { button } from '../../parts/button.ts';
import { fill } from '../../../shared/values/fill.ts';
import { accountCard } from '../account-card.ts';
import { bankMarkStyles } from '../bank-mark.ts';
import { emblem, emblemStyles } from '../emblem.ts';

/** What was registered, when it can be used, and how to take it back. */
export class DoneScreen extends Screen<'done'> {
  static override styles: CSSResultGroup = [
    Screen.styles,
    bankMarkStyles,
    emblemStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--hecto-space-s) var(--hecto-space-m);
        margin: var(--hecto-space-l) 0;
      }
      dt {
        color: var(--hecto-color-text-muted);
      }
      dd {
        margin: 0;
        text-align: right;
      }
    `,
  ];

  override render() {
    const { done } = this.text;
    const { account, alreadyRegistered, completedText, merchant, returnUrl } = this.state;
    return html`
      ${emblem('good')}
      <h1 tabindex="-1">${alreadyRegistered ? done.alreadyTitle : done.title}</h1>
      <p class="lead">
        ${fill(alreadyRegistered ? done.alreadyLead : done.lead, { merchant: merchant.name })}
      </p>
      ${accountCard(account, this.locale)}
      <dl>
        ${
          alreadyRegistered
            ? nothing
            : html`<dt>${done.at}</dt>
                <dd>${completedText[this.locale]}</dd>`
        }
        <dt>${done.consent}</dt>
        <dd>${done.consentText}</dd>
      </dl>
      <p class="note">${fill(done.withdraw, { merchant: merchant.name })}</p>
      <div class="actions">
        ${button(returnUrl ? done.back : done.close, () => this.command({ type: 'close' }))}
      </div>
    `;
  }
}
