import { ConfigError, readAll } from './config-error.ts';
import type { readerOf } from './environment.ts';
import { isAddressOrNetwork } from './networks.ts';

/** Where the merchant's server hears of changes. The newest secret stands first; each of them signs. */
export type WebhookConfig = {
  readonly url: string;
  readonly secrets: readonly Buffer[];
  /** Addresses and networks inside that may be reached, besides the internet (S50). */
  readonly networks: readonly string[];
};

/**
 * WEBHOOK_URL with its WEBHOOK_SECRETS; undefined without an address. Throws a ConfigError for what is not allowed.
 */
export function parseWebhook(
  read: ReturnType<typeof readerOf>,
  { httpOnLoopback }: { readonly httpOnLoopback: boolean },
): WebhookConfig | undefined {
  if (read.text('WEBHOOK_URL') === undefined) {
    parseWebhookSecrets(read);
    return undefined;
  }
  return readAll({
    url: () => parseUrl(read, httpOnLoopback),
    secrets: () => {
      const secrets = parseWebhookSecrets(read);
      if (secrets) return secrets;
      throw new ConfigError('WEBHOOK_SECRETS', 'is missing: give whsec_ and base64 of 24 to 64 random bytes');
    },
    networks: () => parseNetworks(read, httpOnLoopback),
  });
}

function parseUrl(read: ReturnType<typeof readerOf>, httpOnLoopback: boolean): string {
  const value = read.text('WEBHOOK_URL') ?? '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    !url ||
    !/^https?:\/\/[\x21-\x7e]+$/.test(value) ||
    url.username ||
    url.password ||
    value.includes('#')
  ) {
    throw new ConfigError('WEBHOOK_URL', 'must be an address such as https://shop.example.com/webhooks');
  }
  if (url.protocol === 'http:' && !(httpOnLoopback && isLoopback(url))) {
    throw new ConfigError('WEBHOOK_URL', 'must be https, except on this machine when HECTO_ENV is local');
  }
  return url.href;
}

function parseNetworks(read: ReturnType<typeof readerOf>, httpOnLoopback: boolean): readonly string[] {
  const networks = read.list('WEBHOOK_NETWORKS') ?? (httpOnLoopback ? ['127.0.0.0/8', '::1'] : []);
  if (networks.every(isAddressOrNetwork)) return networks;
  throw new ConfigError(
    'WEBHOOK_NETWORKS',
    'must be a comma list of IP addresses and networks such as 10.1.0.0/16',
  );
}

function parseWebhookSecrets(read: ReturnType<typeof readerOf>): readonly Buffer[] | undefined {
  const name = 'WEBHOOK_SECRETS';
  return read.list(name, read.secret(name))?.map((entry) => {
    const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(entry) ?? [];
    const secret = Buffer.from(base64, 'base64');
    if (secret.length < 24 || secret.length > 64 || secret.toString('base64') !== base64) {
      throw new ConfigError(
        name,
        'must be a comma list of whsec_ and base64 of 24 to 64 random bytes, newest first',
      );
    }
    return secret;
  });
}

const isLoopback = (url: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
