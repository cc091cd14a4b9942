import type { Account } from '../state/accounts.ts';
import type { TestbedState } from '../state/testbed-state.ts';

export const accountView = ({ bankCode, accountNumber, holder, balance, statement }: Account) => ({
  bankCode,
  accountNumber,
  holder: holder ?? null,
  balance,
  statement: statement.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
});

/** All accounts and all money orders. */
export const ledgerView = ({ accounts, ledger }: TestbedState) => ({
  remittanceBalance: ledger.remittanceBalance,
  accounts: accounts.all().map(accountView),
  orders: ledger.all().map((order) => ({ ...order, at: order.at.toISOString() })),
});
