import { html, type TemplateResult } from 'lit';
import type { AccountSummary, Locale } from '../../shared/api/state.ts';
import { bankMark } from './bank-mark.ts';

/** Which account we are talking about: bank and the last four digits. */
export const accountCard = (account: AccountSummary, locale: Locale): TemplateResult =>
  html`<div class="card">
    ${bankMark(account.bankCode, account.bankName[locale])}
    <div>
      <b>${account.bankName[locale]}</b>
      <div>${account.maskedNumber}</div>
    </div>
  </div>`;
