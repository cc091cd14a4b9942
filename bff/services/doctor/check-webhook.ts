import type { Config } from '../../config.ts';
import { createAddressRules } from '../webhooks/allowed-address.ts';
import { finding, type Finding } from './finding.ts';
import { reach } from './reach.ts';

/** Whether a webhook would arrive: nothing is sent, for an event that is none would confuse the merchant's server. */
export async function checkWebhook({
  webhook,
  hectoEnv,
}: Pick<Config, 'webhook' | 'hectoEnv'>): Promise<Finding[]> {
  if (!webhook) return hectoEnv === 'local' ? [] : [finding('webhook.none')];
  const url = new URL(webhook.url);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const where = { variable: 'WEBHOOK_URL', host: url.hostname };
  const rules = createAddressRules(webhook.networks);
  const reached = rules.refuses(url.hostname, port)
    ? 'address-refused'
    : await reach(url, rules.lookup(port));
  return [finding(`webhook.${reached}`, where)];
}
