import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

export type EndpointState = {
  /** Since when every attempt has failed. */
  readonly failingSince?: Date;
  /** It asked to be left alone until then. */
  readonly quietUntil?: Date;
  readonly disabled?: { readonly at: Date; readonly because: 'gone' | 'failing' };
};

/** What a failed attempt tells about the endpoint, besides that it failed. */
export type EndpointFailure = { readonly gone?: boolean; readonly quietUntil?: Date };

export type WebhookEndpoints = ReturnType<typeof webhookEndpointStore>;

/** Down for so long, an endpoint is left alone until somebody enables it (R33). */
const patienceMs = 3 * 24 * 3_600_000;

/** How the addresses of the merchant's server stand, for all instances. A new address starts enabled. */
export function webhookEndpointStore(database: Database, vault: Vault, merchantId: string) {
  const indexOf = (url: string) => vault.index('webhook-url', merchantId, url);

  async function read(url: string): Promise<EndpointState> {
    const row = await database
      .selectFrom('webhook_endpoints')
      .selectAll()
      .where('merchant_id', '=', merchantId)
      .where('url_index', '=', indexOf(url))
      .executeTakeFirst();
    return {
      ...(row?.failing_since && { failingSince: row.failing_since }),
      ...(row?.quiet_until && { quietUntil: row.quiet_until }),
      ...(row?.disabled_at && {
        disabled: { at: row.disabled_at, because: row.disabled_because ?? 'failing' },
      }),
    };
  }

  /** It took an event: whatever was wrong is over. One that is disabled stays so. */
  async function succeeded(url: string): Promise<void> {
    await database
      .updateTable('webhook_endpoints')
      .set({ failing_since: null, quiet_until: null })
      .where('merchant_id', '=', merchantId)
      .where('url_index', '=', indexOf(url))
      .where('failing_since', 'is not', null)
      .execute();
  }

  /** It did not take an event. Answers why it has been disabled by this very failure, or undefined. */
  async function failed(
    url: string,
    at: Date,
    { gone = false, quietUntil }: EndpointFailure,
  ): Promise<'gone' | 'failing' | undefined> {
    const key = { merchant_id: merchantId, url_index: indexOf(url) };
    return database.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('webhook_endpoints')
        .values({ ...key, failing_since: at, quiet_until: null, disabled_at: null, disabled_because: null })
        .onConflict((conflict) => conflict.constraint('webhook_endpoints_key').doNothing())
        .execute();
      const row = await transaction
        .selectFrom('webhook_endpoints')
        .selectAll()
        .where('merchant_id', '=', key.merchant_id)
        .where('url_index', '=', key.url_index)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const since = row.failing_since ?? at;
      const because = gone ? 'gone' : at.getTime() - since.getTime() >= patienceMs ? 'failing' : undefined;
      const disables = row.disabled_at === null ? because : undefined;
      await transaction
        .updateTable('webhook_endpoints')
        .set({
          failing_since: since,
          ...(quietUntil && { quiet_until: quietUntil }),
          ...(disables && { disabled_at: at, disabled_because: disables }),
        })
        .where('merchant_id', '=', key.merchant_id)
        .where('url_index', '=', key.url_index)
        .execute();
      return disables;
    });
  }

  /** Whatever was wrong with it, it gets events again. */
  async function enable(url: string): Promise<void> {
    await database
      .deleteFrom('webhook_endpoints')
      .where('merchant_id', '=', merchantId)
      .where('url_index', '=', indexOf(url))
      .execute();
  }

  return { read, succeeded, failed, enable };
}
