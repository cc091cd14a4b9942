/** Events and how they reached the merchant's server: look at them, send them again. */
import { z } from 'zod';
import {
  eventState,
  eventType,
  merchantEvent,
  merchantEventWithDeliveries,
  webhookEndpoint,
} from './events.ts';
import { page, pageOf } from './fields.ts';
import { operation } from './operation.ts';

const tag = 'Webhooks';
const eventId = z.object({ eventId: z.string().max(60) });
const noEndpoint = ['no-webhook-endpoint'] as const;

export const webhooks = {
  listEvents: operation({
    id: 'listEvents',
    method: 'GET',
    path: '/v1/events',
    tag,
    summary: 'List events, newest first',
    query: z.strictObject({ ...page, type: eventType.optional(), state: eventState.optional() }),
    answers: { 200: pageOf(merchantEvent) },
  }),
  readEvent: operation({
    id: 'readEvent',
    method: 'GET',
    path: '/v1/events/{eventId}',
    tag,
    summary: 'Read an event with every attempt to deliver it',
    params: eventId,
    answers: { 200: merchantEventWithDeliveries },
    problems: ['not-found'],
  }),
  replayEvent: operation({
    id: 'replayEvent',
    method: 'POST',
    scope: 'manage',
    path: '/v1/events/{eventId}/replay',
    tag,
    summary: 'Send an event again',
    description: 'The same id and the same bytes, at once and on a fresh schedule.',
    params: eventId,
    body: z.strictObject({}),
    answers: { 200: merchantEventWithDeliveries },
    problems: ['not-found', ...noEndpoint],
  }),
  replayEvents: operation({
    id: 'replayEvents',
    method: 'POST',
    scope: 'manage',
    path: '/v1/event-replays',
    tag,
    summary: 'After an outage: send again all that was given up or held',
    body: z.strictObject({
      state: z.enum(['failed', 'held']),
      since: z.iso.datetime({ offset: true, error: 'a moment as 2026-11-23T10:00:00+09:00' }),
    }),
    example: { state: 'failed', since: '2026-11-22T00:00:00+09:00' },
    answers: { 200: z.object({ count: z.int() }) },
    problems: noEndpoint,
  }),
  readWebhookEndpoint: operation({
    id: 'readWebhookEndpoint',
    method: 'GET',
    path: '/v1/webhook-endpoint',
    tag,
    summary: 'How the address of WEBHOOK_URL stands',
    answers: { 200: webhookEndpoint },
  }),
  enableWebhookEndpoint: operation({
    id: 'enableWebhookEndpoint',
    method: 'POST',
    scope: 'manage',
    path: '/v1/webhook-endpoint/enable',
    tag,
    summary: 'Switch the address on again after it was disabled',
    description: 'Everything that waited goes out now, in its old order.',
    body: z.strictObject({}),
    answers: { 200: webhookEndpoint },
  }),
} as const;
