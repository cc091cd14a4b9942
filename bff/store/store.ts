import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { ConfigError } from '../config-error.ts';
import type { Config } from '../config.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Log } from '../log/log.ts';
import { accountCancellationStore, type AccountCancellations } from './account-cancellations.ts';
import { attemptStore, type Attempts } from './attempts.ts';
import { backlogOf, type Backlog } from './backlog.ts';
import { consentStore, type Consents } from './consents.ts';
import { assertUsable, connect } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { funnelOf, type Funnel } from './funnel.ts';
import { intentStore, type Intents } from './intents.ts';
import { ledgerStore, type Ledger } from './ledger.ts';
import { idempotencyStore, type IdempotencyKeys } from './idempotency-keys.ts';
import { jobStore, type Jobs } from './jobs.ts';
import { keypadStore, type Keypads } from './keypads.ts';
import { operatorActionStore, type OperatorActions } from './operator-actions.ts';
import { outboxStore, type Outbox } from './outbox.ts';
import { paymentAuthorizationStore, type PaymentAuthorizations } from './payment-authorizations.ts';
import { pinStore, type Pins } from './pins.ts';
import { prepareDatabase } from './prepare-database.ts';
import { reconciliationStore, type Reconciliations } from './reconciliations.ts';
import { registrationStore, type Registrations } from './registrations.ts';
import { reseal, type Resealed } from './reseal.ts';
import { listenForSessionChanges, type SessionChanges } from './session-changes.ts';
import { retentionStore, type Retention } from './retention.ts';
import { sessionStore, type Sessions } from './sessions.ts';
import { tokenStore, type Tokens } from './tokens.ts';
import { openVault, type Vault } from './vault.ts';
import { webhookEndpointStore, type WebhookEndpoints } from './webhook-endpoints.ts';
import { verificationStore, type Verifications } from './verifications.ts';
import { widgetFileStore, type KeptWidgetFiles } from './widget-files.ts';

export type { Limit, Taken } from './attempts.ts';
export type { ConsentRecord } from './consents.ts';
export type { AttemptResult, ClaimedEvent, NewEvent, OutboxEvent } from './outbox.ts';
export type { RegistrationEnd, RegistrationIntent } from './registrations.ts';
export type { Session, SessionAbout } from './sessions.ts';

/** Everything that outlives a request. Several instances may share one database. */
export type Store = {
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly attempts: Attempts;
  readonly keypads: Keypads;
  readonly pins: Pins;
  readonly paymentAuthorizations: PaymentAuthorizations;
  readonly consents: Consents;
  readonly registrations: Registrations;
  readonly idempotencyKeys: IdempotencyKeys;
  readonly intents: Intents;
  readonly ledger: Ledger;
  readonly outbox: Outbox;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly jobs: Jobs;
  readonly accountCancellations: AccountCancellations;
  readonly verifications: Verifications;
  readonly reconciliations: Reconciliations;
  readonly widgetFiles: KeptWidgetFiles;
  readonly retention: Retention;
  readonly operatorActions: OperatorActions;
  readonly vault: Vault;
  /** Gives every value that an older key sealed the current one; see `reseal`. */
  readonly reseal: (isStopped: () => boolean) => Promise<Resealed>;
  /** What is not final yet. */
  readonly backlog: (now: Date) => Promise<Backlog>;
  /** How many customers came how far. */
  readonly funnel: (now: Date) => Promise<Funnel>;
  /** Connections of the pool, and queries that wait for one. */
  readonly connections: () => Record<'total' | 'idle' | 'waiting', number>;
  /** How many wait for a change of a session. */
  readonly waitingForChanges: () => number;
  /** How many queries wait for a connection. */
  readonly waiting: () => number;
  /** Whether the database answers. */
  isReady(): Promise<boolean>;
  /** Ends all waiting for changes, so that long polls answer before a stop. */
  stopWaiting(): void;
  close(): Promise<void>;
};

/** `merchantId`: whose rows this store reads and writes, for several merchants may share one database (R03). */
export type StoreConfig = Pick<
  Config,
  'databaseUrl' | 'databaseMigrationUrl' | 'databaseDirectUrl' | 'dataKeys' | 'sessionIdleMs' | 'webhook'
> & { readonly merchantId: string };

/**
 * Opens the database (starting the embedded one if asked for), brings the schema up to date and unlocks the
 * vault. Throws a ConfigError for what the operator can mend.
 */
export async function openStore(
  config: StoreConfig,
  deps: { readonly log: Log; readonly checkpoint?: Checkpoint | undefined },
): Promise<Store> {
  const embedded = config.databaseUrl.startsWith('embedded:')
    ? await startEmbeddedPostgres(config.databaseUrl.slice('embedded:'.length), {
        onMoved: () => deps.log.event('database.moved', {}),
      })
    : undefined;
  const url = embedded?.url ?? config.databaseUrl;
  const onLost = () => deps.log.event('database.connection-lost', {});
  const pooled = config.databaseDirectUrl !== undefined;
  const { pool, database, queryOften } = connect(url, onLost, { pooled });

  async function closeAll(): Promise<void> {
    await database.destroy();
    await embedded?.stop();
  }

  try {
    await assertUsable(pool, { pooled });
    await prepareDatabase(database, config);
    const vault = await openVault(database, config.dataKeys, deps.checkpoint);
    const { merchantId, sessionIdleMs } = config;
    const outbox = outboxStore(database, vault, { merchantId, isDelivered: config.webhook !== undefined });
    const ledger = ledgerStore(database, vault, merchantId);
    const paymentAuthorizations = paymentAuthorizationStore(database, vault, merchantId);
    const tokens = tokenStore(database, vault, merchantId);
    const changes = await listenForSessionChanges(config.databaseDirectUrl ?? url, onLost).catch(() => {
      const variable = pooled ? 'DATABASE_DIRECT_URL' : 'DATABASE_URL';
      throw new ConfigError(variable, 'names a database that cannot be reached');
    });
    if (pooled && !(await hears(changes, pool))) {
      await changes.close();
      throw new ConfigError('DATABASE_DIRECT_URL', 'must be the database of DATABASE_URL, past the pooler');
    }
    return {
      sessions: sessionStore(database, queryOften, vault, changes, {
        merchantId,
        sessionIdleMs,
        outbox,
        tokens,
      }),
      tokens,
      attempts: attemptStore(database, vault, merchantId),
      keypads: keypadStore(database, vault),
      pins: pinStore(database, vault, merchantId),
      consents: consentStore(database, vault, merchantId),
      registrations: registrationStore(database, vault, { merchantId, ledger }),
      ledger,
      paymentAuthorizations,
      intents: intentStore(database, vault, {
        ...{ merchantId, ledger, outbox, paymentAuthorizations },
        checkpoint: deps.checkpoint,
      }),
      idempotencyKeys: idempotencyStore(database, vault, merchantId),
      outbox,
      webhookEndpoints: webhookEndpointStore(database, vault, merchantId),
      jobs: jobStore(database, merchantId),
      accountCancellations: accountCancellationStore(database, vault, { merchantId, outbox }),
      verifications: verificationStore(database, vault, merchantId),
      reconciliations: reconciliationStore(database, merchantId),
      widgetFiles: widgetFileStore(database, vault, merchantId),
      retention: retentionStore(database, vault),
      operatorActions: operatorActionStore(database, merchantId),
      vault,
      reseal: (isStopped) => reseal(database, vault, { isStopped, checkpoint: deps.checkpoint }),
      backlog: (now) => backlogOf(database, merchantId, now),
      funnel: (now) => funnelOf(database, merchantId, now),
      connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
      waitingForChanges: changes.waiting,
      waiting: () => pool.waitingCount,
      isReady: () =>
        pool.query('SELECT 1').then(
          () => true,
          () => false,
        ),
      stopWaiting: changes.release,
      async close() {
        await changes.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Whether what a connection of the pool tells arrives: through a pooler, LISTEN succeeds and hears nothing. */
async function hears(changes: SessionChanges, pool: pg.Pool): Promise<boolean> {
  const id = `start-${randomUUID()}`;
  const change = changes.next(id);
  try {
    await pool.query(`SELECT pg_notify('session_changed', $1)`, [id]);
    return await change.within(3_000);
  } finally {
    change.stop();
  }
}
