import { css, html, type TemplateResult } from 'lit';
import type { AccountSummary, Locale } from '../../shared/api/state.ts';

/** Which account we are talking about: bank and the last four digits. */
export const accountCard = (account: AccountSummary, locale: Locale): TemplateResult =>
  html`<div class="account">
    <hecto-bank-mark code=${account.bankCode} name=${account.bankName.ko}></hecto-bank-mark>
    <div>
      <b>${account.bankName[locale]}</b>
      <div>${account.maskedNumber}</div>
    </div>
  </div>`;

export const accountCardStyles = css`
  .account {
    display: flex;
    align-items: center;
    gap: var(--hecto-space-m);
    padding: var(--hecto-space-m);
    border-radius: var(--hecto-radius-m);
    background: var(--hecto-color-surface);
    font-variant-numeric: tabular-nums;
  }
`;
