import type { Config } from '../../config.ts';
import { ask } from './ask.ts';
import { finding, type Finding } from './finding.ts';
import { reach } from './reach.ts';

type AddressConfig = Pick<
  Config,
  'publicUrl' | 'host' | 'port' | 'allowedOrigins' | 'trustProxy' | 'hectoEnv'
>;

/** Whether browsers find the BFF at PUBLIC_URL, and whether that and the shop's origins make sense together. */
export async function checkAddresses(config: AddressConfig, clock: () => Date): Promise<Finding[]> {
  return [await publicAddress(config, clock), ...proxy(config), ...origins(config)];
}

async function publicAddress(config: AddressConfig, clock: () => Date): Promise<Finding> {
  const url = new URL('/healthz', config.publicUrl);
  const where = { variable: 'PUBLIC_URL', host: url.hostname, port: config.port };
  if (config.hectoEnv === 'production' && isLoopback(url)) return finding('public.this-machine', where);
  const reached = await reach(url);
  if (reached === 'no-name' || reached === 'no-trust') return finding(`public.${reached}`, where);

  const answered = reached === 'reached' ? await ask(url, 'GET', clock) : undefined;
  if (isOurs(answered)) return finding('public.answers', where);
  // Proxies say these when nobody is behind them.
  if (answered && ![502, 503, 504].includes(answered.httpStatus))
    return finding('public.someone-else', where);
  const here = isOurs(await ask(ownAddress(config), 'GET', clock));
  return finding(here ? 'public.not-led-here' : 'public.nobody-yet', where);
}

const isOurs = (answered: { readonly httpStatus: number; readonly body: string } | undefined): boolean =>
  answered?.httpStatus === 200 && answered.body === JSON.stringify({ status: 'ok' });

/** Where the BFF listens, as this machine reaches it. */
function ownAddress({ host, port }: AddressConfig): URL {
  const near = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return new URL(`http://${near.includes(':') ? `[${near}]` : near}:${port}/healthz`);
}

/** The BFF itself speaks plain HTTP, so behind https there is a proxy. */
function proxy({ publicUrl, trustProxy }: AddressConfig): Finding[] {
  if (!publicUrl.startsWith('https:')) return [];
  return [finding(trustProxy === false ? 'proxy.not-trusted' : 'proxy.trusted')];
}

function origins({ publicUrl, allowedOrigins, hectoEnv }: AddressConfig): Finding[] {
  const near = allowedOrigins.filter((origin) => URL.canParse(origin) && isLoopback(new URL(origin)));
  const found = [
    ...(allowedOrigins.includes(publicUrl) ? [finding('origins.ours')] : []),
    ...(hectoEnv === 'production' && near.length > 0
      ? [finding('origins.this-machine', { origins: near.join(', ') })]
      : []),
  ];
  return found.length > 0 ? found : [finding('origins.fine', { origins: allowedOrigins.join(', ') })];
}

/** Apps call their own pages localhost too, but not by https. */
const isLoopback = ({ protocol, hostname }: URL): boolean =>
  /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
