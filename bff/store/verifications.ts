import { randomBytes } from 'node:crypto';
import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

/** A person proven on their phone. */
export type PhoneVerification = {
  readonly customerId: string;
  readonly method: 'sms' | 'pass';
  readonly tid: string;
  readonly trdNo: string;
  /** Until when the code or the request counts. */
  readonly endsAt: string;
};

/** One won deposited on an account. */
export type OwnershipCheck = {
  readonly customerId: string;
  readonly bankCode: string;
  readonly maskedAccountNumber: string;
} & (
  | { readonly kind: 'passbook-text' }
  | {
      readonly kind: 'code';
      readonly orderNumber: string;
      readonly trdNo: string;
      /** Korean, yyyyMMdd: the history is asked with it. */
      readonly orderDay: string;
      readonly endsAt: string;
    }
);

/** A call for approval. A registration rests on it: account and name must be the same. */
export type ArsCall = {
  readonly customerId: string;
  readonly trdNo: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
  readonly endsAt: string;
};

type Kinds = { readonly phone: PhoneVerification; readonly ownership: OwnershipCheck; readonly ars: ArsCall };
export type VerificationKind = keyof Kinds;
export type Verification<K extends VerificationKind> = Kinds[K] & {
  readonly id: string;
  readonly createdAt: Date;
};

export type Verifications = ReturnType<typeof verificationStore>;

const prefixes = { phone: 'phv_', ownership: 'own_', ars: 'ars_' } as const;
const hour = 3_600_000;
/** How long one can be asked about; then what it holds of the customer is deleted. */
const lifeMs: Record<VerificationKind, number> = { phone: hour, ownership: 30 * 24 * hour, ars: 24 * hour };

/** Verifications that a merchant's server started. Sealed: an id of ours is all that leaves. */
export function verificationStore(database: Database, vault: Vault, merchantId: string) {
  async function create<K extends VerificationKind>(
    kind: K,
    data: Kinds[K],
    now: Date,
  ): Promise<Verification<K>> {
    const id = prefixes[kind] + randomBytes(18).toString('base64url');
    await database
      .insertInto('verifications')
      .values({
        id,
        merchant_id: merchantId,
        kind,
        sealed_data: vault.seal('verifications', 'sealed_data', id, JSON.stringify(data)),
        created_at: now,
        expires_at: new Date(now.getTime() + lifeMs[kind]),
      })
      .execute();
    return { ...data, id, createdAt: now };
  }

  /** Undefined for an id that does not exist, is over, or belongs to another merchant or kind. */
  async function read<K extends VerificationKind>(
    kind: K,
    id: string,
    now: Date,
  ): Promise<Verification<K> | undefined> {
    const row = await database
      .selectFrom('verifications')
      .select(['sealed_data', 'created_at'])
      .where('id', '=', id)
      .where('merchant_id', '=', merchantId)
      .where('kind', '=', kind)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (!row) return undefined;
    const data = JSON.parse(vault.open('verifications', 'sealed_data', id, row.sealed_data)) as Kinds[K];
    return { ...data, id, createdAt: row.created_at };
  }

  return { create, read };
}
