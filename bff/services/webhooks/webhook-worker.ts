import { passBy, type Checkpoint } from '../../checkpoint.ts';
import type { Config } from '../../config.ts';
import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';
import { createDeliverEvent } from './deliver-event.ts';
import { createWebhookSender } from './send-webhook.ts';

export type WebhookWorkerDeps = {
  readonly config: Pick<Config, 'webhook'>;
  readonly store: Pick<Store, 'outbox' | 'webhookEndpoints'>;
  readonly clock: () => Date;
  readonly log: Log;
  readonly random?: () => number;
  readonly checkpoint?: Checkpoint;
  /** For all of one attempt; left out, what Standard Webhooks recommends. */
  readonly timeoutMs?: number;
  /** How often it looks; left out, twice a second. */
  readonly tickMs?: number;
};

export type WebhookWorker = {
  /** Later attempts are signed by these. */
  readonly replaceSecrets: (secrets: readonly Buffer[]) => void;
  readonly stop: () => Promise<void>;
};

const atOnce = 8;
/** Longer than an attempt can take: whoever holds an event for longer is gone. */
export const leaseMs = 60_000;

/**
 * Delivers the events of the outbox to WEBHOOK_URL. Any number of instances may run it: an event is on its way
 * from one of them at a time, and when that one dies another takes over after the lease, with the same id (R16).
 * Without an address there is nothing to do: events are held.
 */
export function startWebhookWorker(deps: WebhookWorkerDeps): WebhookWorker {
  const { store, clock, log } = deps;
  const { webhook } = deps.config;
  if (!webhook) return { replaceSecrets: () => undefined, stop: () => Promise.resolve() };

  const { url } = webhook;
  const { timeoutMs, tickMs = 500, random = Math.random, checkpoint = passBy } = deps;
  const sender = createWebhookSender(webhook, {
    connections: atOnce,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const deliverEvent = createDeliverEvent({ url, store, sender, clock, log, random, checkpoint });
  const running = new Set<Promise<void>>();
  let stopped = false;
  let isTicking = false;
  let ticking = Promise.resolve();

  async function tick(): Promise<void> {
    const now = clock();
    const { disabled, quietUntil } = await store.webhookEndpoints.read(url);
    if (disabled || (quietUntil && now < quietUntil)) return;
    for (const event of await store.outbox.claimDue(now, leaseMs, atOnce - running.size)) {
      const work = deliverEvent(event)
        .catch((error: unknown) => log.fault(error))
        .finally(() => running.delete(work));
      running.add(work);
    }
  }

  const timer = setInterval(() => {
    if (stopped || isTicking || running.size >= atOnce) return;
    isTicking = true;
    ticking = tick()
      .catch((error: unknown) => log.fault(error))
      .finally(() => {
        isTicking = false;
      });
  }, tickMs);

  return {
    replaceSecrets: (secrets) => sender.replaceSecrets(secrets),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await ticking;
      await Promise.all(running);
      await sender.close();
    },
  };
}
