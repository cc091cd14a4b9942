import { createHmac } from 'node:crypto';

/**
 * The three headers of Standard Webhooks. While a secret is rotated each of them signs, so that a receiver with
 * either accepts. The id is the event's over all attempts, the time is the attempt's (S97).
 */
export function webhookHeaders(
  id: string,
  at: Date,
  body: string,
  secrets: readonly Buffer[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
