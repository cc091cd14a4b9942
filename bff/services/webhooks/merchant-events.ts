import type {
  MerchantEvent,
  MerchantEventList,
  MerchantEventWithDeliveries,
  WebhookBody,
  WebhookEndpoint,
} from '../../../shared/api/merchant/events.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import type { Config } from '../../config.ts';
import type { EventFilter } from '../../store/outbox.ts';
import type { OutboxEvent, Store } from '../../store/store.ts';

export type MerchantEventsDeps = {
  readonly config: Pick<Config, 'webhook'>;
  readonly store: Pick<Store, 'outbox' | 'webhookEndpoints'>;
  readonly clock: () => Date;
};

/** `no-endpoint`: no WEBHOOK_URL is set, so there is nowhere to send it. */
export type Replayed = MerchantEventWithDeliveries | 'not-found' | 'no-endpoint';

/** What the merchant may do with its events: look at them, send them again, and switch the endpoint on again. */
export function createMerchantEvents({ config, store, clock }: MerchantEventsDeps) {
  const { outbox, webhookEndpoints } = store;

  async function listEvents(filter: EventFilter): Promise<MerchantEventList> {
    const { events, nextCursor } = await outbox.list(filter);
    return { events: events.map(viewOf), ...(nextCursor !== undefined && { nextCursor }) };
  }

  async function readEvent(id: string): Promise<MerchantEventWithDeliveries | undefined> {
    const event = await outbox.read(id);
    if (!event) return undefined;
    const deliveries = event.deliveries.map(({ at, ...delivery }) => ({ ...delivery, at: kstIso(at) }));
    return { ...viewOf(event), deliveries };
  }

  /** Sends an event again with its old id. While the endpoint is disabled it waits. */
  async function replayEvent(id: string): Promise<Replayed> {
    if (!config.webhook) return (await outbox.read(id)) ? 'no-endpoint' : 'not-found';
    if (!(await outbox.replay(id, clock()))) return 'not-found';
    return (await readEvent(id)) ?? 'not-found';
  }

  /** After an outage: everything that was given up, or held, since a moment. Tells how many events. */
  async function replayEvents(state: 'failed' | 'held', since: Date): Promise<number | 'no-endpoint'> {
    return config.webhook ? outbox.replayAll(state, since, clock()) : 'no-endpoint';
  }

  async function webhookEndpointState(): Promise<WebhookEndpoint> {
    if (!config.webhook) return { state: 'none' };
    const { disabled, failingSince } = await webhookEndpoints.read(config.webhook.url);
    return {
      state: disabled ? 'disabled' : 'enabled',
      ...(failingSince && { failingSince: kstIso(failingSince) }),
      ...(disabled && { disabledAt: kstIso(disabled.at), disabledBecause: disabled.because }),
    };
  }

  /** Everything that waited goes out now, in its old order. */
  async function enableWebhookEndpoint(): Promise<WebhookEndpoint> {
    if (config.webhook) {
      await webhookEndpoints.enable(config.webhook.url);
      await outbox.hurry(clock());
    }
    return webhookEndpointState();
  }

  return { listEvents, readEvent, replayEvent, replayEvents, webhookEndpointState, enableWebhookEndpoint };
}

function viewOf(event: OutboxEvent): MerchantEvent {
  // We wrote it ourselves, see `add` of the outbox.
  const { type, timestamp, data } = JSON.parse(event.body) as WebhookBody;
  return {
    id: event.id,
    type,
    timestamp,
    data,
    state: event.state,
    attempts: event.attempts,
    ...(event.state === 'pending' && { nextAttemptAt: kstIso(event.dueAt) }),
    ...(event.deliveredAt && { deliveredAt: kstIso(event.deliveredAt) }),
  };
}
