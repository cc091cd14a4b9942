import { webhooks } from '../../../shared/api/merchant/webhooks.ts';
import { Problem } from '../../http/problem.ts';
import { createMerchantEvents, type MerchantEventsDeps } from '../../services/webhooks/merchant-events.ts';
import { cursorOf, ok, seqOf } from './cursor.ts';
import { serve, type Served } from './serve.ts';

/** Events and how they reached the merchant's server. */
export function webhookCalls(deps: MerchantEventsDeps): Served[] {
  const events = createMerchantEvents(deps);

  return [
    serve(webhooks.listEvents, async ({ query: { cursor, ...filter } }) => {
      const after = cursor === undefined ? {} : { cursor: String(seqOf(cursor)) };
      const { events: data, nextCursor } = await events.listEvents({ ...filter, ...after });
      return ok({ data, ...(nextCursor !== undefined && { nextCursor: cursorOf(Number(nextCursor)) }) });
    }),
    serve(webhooks.readEvent, async ({ params }) => {
      const event = await events.readEvent(params.eventId);
      if (!event) throw new Problem('not-found');
      return ok(event);
    }),
    serve(webhooks.replayEvent, async ({ params }) => {
      const replayed = await events.replayEvent(params.eventId);
      if (replayed === 'not-found') throw new Problem('not-found');
      if (replayed === 'no-endpoint') throw new Problem('no-webhook-endpoint');
      return ok(replayed);
    }),
    serve(webhooks.replayEvents, async ({ body }) => {
      const count = await events.replayEvents(body.state, new Date(body.since));
      if (count === 'no-endpoint') throw new Problem('no-webhook-endpoint');
      return ok({ count });
    }),
    serve(webhooks.readWebhookEndpoint, async () => ok(await events.webhookEndpointState())),
    serve(webhooks.enableWebhookEndpoint, async () => ok(await events.enableWebhookEndpoint())),
  ];
}
