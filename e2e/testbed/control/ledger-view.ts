import type { Account, Entry } from '../state/accounts.ts';
import type { Order } from '../state/ledger.ts';
import type { TestbedState } from '../state/testbed-state.ts';

const entryView = (entry: Entry) => ({ ...entry, at: entry.at.toISOString() });

export const accountView = ({ bankCode, accountNumber, holder, opening, balance, statement }: Account) => ({
  bankCode,
  accountNumber,
  holder: holder ?? null,
  opening,
  balance,
  statement: statement.map(entryView),
});

const orderView = (order: Order) => ({
  ...order,
  at: order.at.toISOString(),
  finalAt: order.finalAt.toISOString(),
});

/** Accounts and money orders: all of them, or those of a customer, of an order number, or of both. */
export function ledgerView(
  { accounts, ledger, registrations }: TestbedState,
  { customerId, orderNumber }: { customerId?: string | undefined; orderNumber?: string | undefined } = {},
) {
  const orders =
    orderNumber !== undefined
      ? ledger
          .withNumber(orderNumber)
          .filter((order) => customerId === undefined || order.customerId === customerId)
      : customerId !== undefined
        ? ledger.ofCustomer(customerId)
        : ledger.all();
  const concerned =
    orderNumber === undefined && customerId === undefined
      ? accounts.all()
      : new Set(
          [...orders, ...(customerId === undefined ? [] : registrations.of(customerId))]
            .filter(({ accountNumber }) => accountNumber !== '')
            .map(({ bankCode, accountNumber }) => accounts.at(bankCode, accountNumber)),
        );
  const { opening, balance } = ledger.remittances;
  return {
    remittanceOpening: opening,
    remittanceBalance: balance,
    accounts: [...concerned].map(accountView),
    orders: orders.map(orderView),
  };
}
