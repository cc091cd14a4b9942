import { kstDay } from '../../../shared/values/kst.ts';
import type { OrderFacts } from './ledger.ts';

type Kind = 'amount' | 'count';
type Limit = { readonly code: string; readonly over: 'payment' | 'day' | 'month'; readonly what: Kind };

/** Every limit on withdrawals with the code it answers, in the order in which they are checked. */
const limits = {
  perPayment: { code: 'ST61', over: 'payment', what: 'amount' },
  bankPerPayment: { code: 'ST33', over: 'payment', what: 'amount' },
  /** From more than this on the customer would have to approve by a second call. */
  withoutSecondApproval: { code: 'ST72', over: 'payment', what: 'amount' },
  perDay: { code: 'ST62', over: 'day', what: 'amount' },
  bankPerDay: { code: 'ST34', over: 'day', what: 'amount' },
  perMonth: { code: 'ST63', over: 'month', what: 'amount' },
  paymentsPerDay: { code: 'ST64', over: 'day', what: 'count' },
  paymentsPerMonth: { code: 'ST65', over: 'month', what: 'count' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;
export const limitNames = Object.keys(limits) as LimitName[];
/** The most that is allowed; `null` for no limit. */
export type LimitValues = Record<LimitName, number | null>;

/** Generous: tests and demonstrations meet a limit only where they set one. */
const defaults: LimitValues = {
  perPayment: 100_000_000,
  bankPerPayment: null,
  withoutSecondApproval: null,
  perDay: 10_000_000_000,
  bankPerDay: null,
  perMonth: 100_000_000_000,
  paymentsPerDay: 100_000,
  paymentsPerMonth: 1_000_000,
};

type Withdrawal = Pick<OrderFacts, 'customerId' | 'bankCode' | 'accountNumber' | 'amount'> & { at: Date };

/**
 * How much and how often a customer may pay from an account, by Korean day and month. Only what was really
 * withdrawn counts, on the day its order arrived; refunds give nothing back.
 */
export class Limits {
  #values: LimitValues = { ...defaults };
  readonly #ofAccounts = new Map<string, Partial<LimitValues>>();
  readonly #used = new Map<string, { amount: number; count: number }>();

  /** Changes some limits, for everybody or for one account. */
  set(values: Partial<LimitValues>, account?: { bankCode: string; accountNumber: string }): void {
    if (!account) this.#values = { ...this.#values, ...values };
    else this.#ofAccounts.set(keyOf(account), { ...this.#ofAccounts.get(keyOf(account)), ...values });
  }
  of(account?: { bankCode: string; accountNumber: string }): LimitValues {
    return { ...this.#values, ...(account ? this.#ofAccounts.get(keyOf(account)) : {}) };
  }

  /** The code of the first limit that the withdrawal would break. */
  refusal(withdrawal: Withdrawal): string | undefined {
    const most = this.of(withdrawal);
    const broken = limitNames.find((name) => {
      const { over, what }: Limit = limits[name];
      const before = over === 'payment' ? 0 : (this.#used.get(spanOf(withdrawal, over))?.[what] ?? 0);
      const limit = most[name];
      return limit !== null && before + (what === 'amount' ? withdrawal.amount : 1) > limit;
    });
    return broken && limits[broken].code;
  }

  count(withdrawal: Withdrawal): void {
    for (const over of ['day', 'month'] as const) {
      const span = spanOf(withdrawal, over);
      const { amount, count } = this.#used.get(span) ?? { amount: 0, count: 0 };
      this.#used.set(span, { amount: amount + withdrawal.amount, count: count + 1 });
    }
  }
}

const keyOf = ({ bankCode, accountNumber }: { bankCode: string; accountNumber: string }) =>
  `${bankCode}/${accountNumber}`;

function spanOf(withdrawal: Withdrawal, over: 'day' | 'month'): string {
  const day = kstDay(withdrawal.at);
  return `${over === 'day' ? day : day.slice(0, 6)} ${keyOf(withdrawal)} ${withdrawal.customerId ?? ''}`;
}
