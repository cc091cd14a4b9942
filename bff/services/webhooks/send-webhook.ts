import { Agent, request } from 'undici';
import type { WebhookConfig } from '../../webhook-config.ts';
import { AddressRefused, createAddressRules, type Resolver } from './allowed-address.ts';
import { webhookHeaders } from './sign-webhook.ts';

/** What the merchant's server answered, or why there is no answer. */
export type SendResult =
  | { readonly kind: 'answered'; readonly httpStatus: number; readonly retryAfter?: string }
  | { readonly kind: 'unanswered'; readonly error: SendError };
/** `address-refused`: the name leads to where no webhook may go (S50). */
export type SendError = 'timeout' | 'connection' | 'address-refused';

export type WebhookSender = {
  send(event: { readonly id: string; readonly body: string }, at: Date): Promise<SendResult>;
  /** Later attempts are signed by these. */
  replaceSecrets(secrets: readonly Buffer[]): void;
  close(): Promise<void>;
};

const connectMs = 5_000;
const totalMs = 15_000;
/** Of an answer nobody reads: enough for a connection to be used again. */
const largestAnswer = 16 * 1024;

/** Posts events to one address: no redirect is followed, no proxy used, only the status of an answer counts. */
export function createWebhookSender(
  { url, secrets, networks }: WebhookConfig,
  {
    connections,
    timeoutMs = totalMs,
    resolve,
  }: { readonly connections: number; readonly timeoutMs?: number; readonly resolve?: Resolver },
): WebhookSender {
  let currentSecrets = secrets;
  const { hostname, protocol, port: namedPort } = new URL(url);
  const port = Number(namedPort || (protocol === 'https:' ? 443 : 80));
  const rules = createAddressRules(networks, resolve);
  const dispatcher = new Agent({
    // Said outright, so that no environment variable can weaken it (S90).
    connect: {
      timeout: connectMs,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      lookup: rules.lookup(port),
    },
    connections,
    pipelining: 1,
    keepAliveTimeout: 2_000,
    keepAliveMaxTimeout: 2_000,
    // One deadline for everything instead, below.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  return {
    async send({ id, body }, at) {
      if (rules.refuses(hostname, port)) return { kind: 'unanswered', error: 'address-refused' };
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const response = await request(url, {
          method: 'POST',
          dispatcher,
          signal,
          headers: {
            'content-type': 'application/json',
            'user-agent': 'hecto-onboarding-webhooks/1',
            ...webhookHeaders(id, at, body, currentSecrets),
          },
          body,
        });
        const retryAfter = response.headers['retry-after'];
        // The status has arrived, so whatever happens to the rest changes nothing.
        await response.body.dump({ limit: largestAnswer, signal }).catch(() => undefined);
        return {
          kind: 'answered',
          httpStatus: response.statusCode,
          ...(typeof retryAfter === 'string' && { retryAfter }),
        };
      } catch (error) {
        if (error instanceof AddressRefused) return { kind: 'unanswered', error: 'address-refused' };
        return { kind: 'unanswered', error: signal.aborted ? 'timeout' : 'connection' };
      }
    },
    replaceSecrets(secrets) {
      currentSecrets = secrets;
    },
    close: () => dispatcher.destroy(),
  };
}
