import type { Checkpoint } from '../../checkpoint.ts';
import type { Log } from '../../log/log.ts';
import type { AttemptResult, ClaimedEvent, Store } from '../../store/store.ts';
import { nextAttemptAt, quietUntil, retryAfterOf } from './retry-schedule.ts';
import type { SendResult, WebhookSender } from './send-webhook.ts';

export type DeliverDeps = {
  readonly url: string;
  readonly store: Pick<Store, 'outbox' | 'webhookEndpoints'>;
  readonly sender: WebhookSender;
  readonly clock: () => Date;
  readonly log: Log;
  /** From 0 up to 1, for the jitter of the schedule. */
  readonly random: () => number;
  readonly checkpoint: Checkpoint;
};

/** One attempt to deliver one event: sends it, writes down what came of it, and when to try again. */
export function createDeliverEvent({ url, store, sender, clock, log, random, checkpoint }: DeliverDeps) {
  const { outbox, webhookEndpoints } = store;

  return async function deliverEvent(event: ClaimedEvent): Promise<void> {
    checkpoint('webhook.claimed');
    const at = clock();
    const begun = performance.now();
    const sent = await sender.send(event, at);
    checkpoint('webhook.sent');
    const result: AttemptResult = {
      at,
      ms: Math.round(performance.now() - begun),
      ...(sent.kind === 'answered' ? { httpStatus: sent.httpStatus } : { error: sent.error }),
    };
    const outcome = isTaken(sent) ? await taken(event, result) : await refused(event, result, sent);
    checkpoint('webhook.recorded');
    const { ms, httpStatus, error } = result;
    log.event('webhook.attempted', {
      eventId: event.id,
      type: event.type,
      attempt: event.attempts,
      outcome,
      httpStatus,
      error,
      ms,
    });
  };

  async function taken(event: ClaimedEvent, result: AttemptResult) {
    await outbox.delivered(event, result);
    await webhookEndpoints.succeeded(url);
    return 'delivered' as const;
  }

  async function refused(event: ClaimedEvent, result: AttemptResult, sent: SendResult) {
    const now = clock();
    const retryAfter = retryAfterIn(sent, now);
    const next = nextAttemptAt(event.attemptOfSchedule, now, random(), retryAfter);
    if (next) await outbox.postpone(event, result, next);
    else await outbox.fail(event, result);

    const quiet = quietUntil(now, retryAfter);
    const disabled = await webhookEndpoints.failed(url, now, {
      gone: result.httpStatus === 410,
      ...(quiet && { quietUntil: quiet }),
    });
    if (disabled) log.event('webhook.endpoint-disabled', { because: disabled });
    if (!next)
      log.event('webhook.given-up', { eventId: event.id, type: event.type, attempt: event.attempts });
    return next ? ('postponed' as const) : ('failed' as const);
  }
}

const isTaken = (sent: SendResult): boolean =>
  sent.kind === 'answered' && sent.httpStatus >= 200 && sent.httpStatus <= 299;

/** Only an overloaded or closed receiver may ask for a pause. */
const retryAfterIn = (sent: SendResult, now: Date): number | undefined =>
  sent.kind === 'answered' && (sent.httpStatus === 429 || sent.httpStatus === 503)
    ? retryAfterOf(sent.retryAfter, now)
    : undefined;
