import { sql } from 'kysely';
import { ConfigError } from '../config-error.ts';
import type { Config } from '../config.ts';
import { accountCancellationStore, type AccountCancellations } from './account-cancellations.ts';
import { auditStore, type Audit } from './audit.ts';
import { consentStore, type Consents } from './consents.ts';
import { intentStore, type Intents } from './intents.ts';
import { ledgerStore, type Ledger } from './ledger.ts';
import { openDatabase } from './open-database.ts';
import { outboxStore } from './outbox.ts';
import { paymentAuthorizationStore } from './payment-authorizations.ts';
import { registrationStore, type Registrations } from './registrations.ts';
import { openVault } from './vault.ts';

/** What is kept as evidence, as it was at one moment. Only to read. */
export type Records = {
  readonly consents: Pick<Consents, 'check' | 'seqOf' | 'ofCustomer'>;
  readonly ledger: Pick<Ledger, 'check' | 'seqOf' | 'of' | 'balance'>;
  readonly intents: Pick<Intents, 'list'>;
  readonly registrations: Pick<Registrations, 'ofCustomer'>;
  readonly accountCancellations: Pick<AccountCancellations, 'ofCustomer'>;
  readonly audit: Audit;
};

export type OpenRecords = {
  /** Everything that `work` reads is of one moment, whatever is written meanwhile. */
  read<T>(work: (records: Records) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/**
 * Opens the records of a BFF without being one: no migration, no worker, and a transaction that cannot write. It may
 * run beside BFFs that use the same PostgreSQL; an embedded one belongs to one process at a time. Throws a ConfigError for what the
 * operator can mend.
 */
export async function openRecords({
  dataKeys,
  hecto: { merchantId },
  ...config
}: Pick<Config, 'databaseUrl' | 'databaseDirectUrl' | 'dataKeys' | 'hecto'>): Promise<OpenRecords> {
  const { database, close } = await openDatabase(config);
  try {
    const ledger = sql<{ name: string | null }>`SELECT to_regclass('intent_transitions')::text AS name`;
    const { rows } = await ledger.execute(database);
    if (!rows[0]?.name)
      throw new ConfigError(
        'DATABASE_URL',
        'names a database without a ledger: no BFF was started on it yet',
      );
    const vault = await openVault(database, dataKeys);

    return {
      read: (work) =>
        database
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute(async (snapshot) => {
            // Years of records take longer than any request may.
            await sql`SET LOCAL statement_timeout = 0`.execute(snapshot);
            const outbox = outboxStore(snapshot, vault, { merchantId, isDelivered: false });
            const ledger = ledgerStore(snapshot, vault, merchantId);
            const paymentAuthorizations = paymentAuthorizationStore(snapshot, vault, merchantId);
            return work({
              consents: consentStore(snapshot, vault, merchantId),
              ledger,
              intents: intentStore(snapshot, vault, { merchantId, ledger, outbox, paymentAuthorizations }),
              registrations: registrationStore(snapshot, vault, { merchantId, ledger }),
              accountCancellations: accountCancellationStore(snapshot, vault, { merchantId, outbox }),
              audit: auditStore(snapshot),
            });
          }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
