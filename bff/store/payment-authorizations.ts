import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database, Tables } from './database.ts';
import { hashToken, type Vault } from './vault.ts';

/** Exactly what the customer approved; a payment that differs in anything here is another one. */
export type ApprovedPayment = {
  readonly customerId: string;
  readonly bankCode: string;
  readonly accountKey: string;
  /** Won. */
  readonly amount: number;
  readonly orderNumber: string;
};

export type PaymentAuthorizations = ReturnType<typeof paymentAuthorizationStore>;

/** The customer is still in front of the checkout: a payment later than this was not what they just approved. */
export const authorizationMs = 3 * 60_000;

/**
 * Hecto's payment takes no password, so nothing there ties a payment to the customer's approval. These do: each is
 * good for one payment, the one that was approved, for three minutes (S70). Token and payment are kept as hashes only.
 */
export function paymentAuthorizationStore(database: Database, vault: Vault, merchantId: string) {
  const indexOf = ({ customerId, bankCode, accountKey, amount, orderNumber }: ApprovedPayment) =>
    vault.index('approved-payment', customerId, bankCode, accountKey, String(amount), orderNumber);

  async function issue(payment: ApprovedPayment, now: Date): Promise<{ token: string; expiresAt: Date }> {
    const token = `pau_${randomBytes(32).toString('base64url')}`;
    const expiresAt = new Date(now.getTime() + authorizationMs);
    await database
      .insertInto('payment_authorizations')
      .values({
        hash: hashToken(token),
        merchant_id: merchantId,
        payment_index: indexOf(payment),
        expires_at: expiresAt,
      })
      .execute();
    return { token, expiresAt };
  }

  /**
   * Uses an authorization up, in the transaction that commits the payment: either both happen or neither. Of two who
   * try at once only one gets `true`.
   */
  async function use(
    transaction: Transaction<Tables>,
    token: string,
    payment: ApprovedPayment,
    now: Date,
  ): Promise<boolean> {
    const { numDeletedRows } = await transaction
      .deleteFrom('payment_authorizations')
      .where('hash', '=', hashToken(token))
      .where('merchant_id', '=', merchantId)
      .where('payment_index', '=', indexOf(payment))
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return numDeletedRows === 1n;
  }

  return { issue, use };
}
