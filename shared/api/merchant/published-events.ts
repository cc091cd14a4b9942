/** The webhooks section of the published document: one entry for every type of event. */
import { z } from 'zod';
import { eventData, eventTypes, webhookBody } from './events.ts';
import type { Webhooks } from './openapi.ts';

const headers = z.object({
  'webhook-id': z.string().meta({ description: 'The same over all attempts and replays: act on it once.' }),
  'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970, of this attempt.' }),
  'webhook-signature': z
    .string()
    .meta({
      description: 'Standard Webhooks: `v1,` and a base64 HMAC-SHA256; two while a secret is rotated.',
    }),
});

export const publishedEvents: Webhooks = Object.fromEntries(
  eventTypes.map((type) => [
    type,
    {
      post: {
        operationId: `on-${type.replace('.', '-').replaceAll('_', '-')}`,
        summary: type,
        tags: ['Webhooks'],
        requestParams: { header: headers },
        requestBody: {
          content: {
            'application/json': {
              schema: z.strictObject({ ...webhookBody.shape, type: z.literal(type), data: eventData(type) }),
            },
          },
        },
        responses: {
          '2XX': { description: 'Received. Anything else is tried again; 410 switches the address off.' },
        },
      },
    },
  ]),
);
