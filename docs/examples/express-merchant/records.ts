/** What the shop knows. In earnest this is your database. */
export type Customer = {
  readonly id: string;
  readonly phone: string;
  sessionId?: string;
  /** What to pay from. It comes by webhook when the customer has registered an account. */
  account?: { readonly bankCode: string; readonly accountKey: string };
};

export type Order = {
  readonly id: string;
  readonly customerId: string;
  readonly item: string;
  readonly amount: number;
  /** `waiting`: nobody knows yet, so it is neither delivered nor paid again. */
  status: 'waiting' | 'paid' | 'refused';
  refusal?: string | undefined;
  /** Grows when the customer tries again after a refusal. */
  tries: number;
};

export const customers = new Map<string, Customer>();
export const orders = new Map<string, Order>();
/** Webhooks that were acted upon: one may come twice. */
export const heard = new Set<string>();

/** Names one try to pay an order: our number of it, and its idempotency key. */
export const numberOf = ({ id, tries }: Order): string => `${id}-${tries}`;
