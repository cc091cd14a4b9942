/** Everything that runs during a test: Hecto's side, the BFF and a shop, each the real one, at addresses of its own. */
import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { createApp } from '../bff/app.ts';
import { parseConfig } from '../bff/config.ts';
import type { MovableClock } from './movable-clock.ts';
import { freePort } from './ports.ts';
import { startShop } from './shop/server.ts';
import { startTestbed } from './testbed/testbed.ts';
import { dumpOf, hashesOf } from './written.ts';

export type System = {
  readonly bffUrl: string;
  readonly shopUrl: string;
  readonly testbedUrl: string;
  /** The merchant's key for the BFF. */
  readonly secretKey: string;
  /** Where another page of the merchant's may be served. Nothing runs there. */
  readonly spareUrl: string;
  /** Everything the BFF has logged so far, at its most talkative. */
  logs(): string;
  /** Every row of every table as text; bytes as hexadecimal. */
  dump(): Promise<string>;
  /** The `pktHash` of every call that Hecto's side accepted. */
  hashes(): string[];
  close(): Promise<void>;
};

export const secretKey = 'sk_local_test_journeys';

type Addresses = Pick<System, 'bffUrl' | 'shopUrl' | 'spareUrl' | 'testbedUrl'> & {
  readonly databaseUrl: string;
};

/** What the BFF of a test is told. */
export const environmentOf = ({ bffUrl, shopUrl, spareUrl, testbedUrl, databaseUrl }: Addresses) => ({
  PORT: new URL(bffUrl).port,
  PUBLIC_URL: bffUrl,
  HECTO_BASE_URL: testbedUrl,
  DATABASE_URL: databaseUrl,
  DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
  PIN_PEPPER: randomBytes(32).toString('base64'),
  MERCHANT_API_KEYS: secretKey,
  MERCHANT_NAME: '새벽콩 로스터스',
  ALLOWED_ORIGINS: `${shopUrl},${spareUrl}`,
  ALLOWED_RETURN_URLS: `${shopUrl}/`,
  SMS_PER_ADDRESS_PER_HOUR: '1000',
  METRICS_PORT: 'off',
  LOG_LEVEL: 'debug',
});

/** Free addresses for all parts. They must know each other's before they start. */
export async function freeAddresses(): Promise<Pick<System, 'bffUrl' | 'shopUrl' | 'spareUrl'>> {
  const at = async () => `http://localhost:${await freePort()}`;
  return { bffUrl: await at(), shopUrl: await at(), spareUrl: await at() };
}

/** `more`: what else the BFF is told. */
export async function startSystem(
  databaseUrl: string,
  clock: MovableClock,
  more: Readonly<Record<string, string>> = {},
): Promise<System> {
  const { bffUrl, shopUrl, spareUrl } = await freeAddresses();
  const logged: string[] = [];
  const logStream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logged.push(chunk.toString('utf8'));
      done();
    },
  });

  const testbed = await startTestbed({ port: 0, clock: clock.now });
  const config = parseConfig({
    ...environmentOf({ bffUrl, shopUrl, spareUrl, testbedUrl: testbed.url, databaseUrl }),
    ...more,
  });
  const bff = await createApp(config, { clock: clock.now, logStream, timings: { idleMs: 0 } });
  await bff.listen();
  const shop = await startShop({
    port: Number(new URL(shopUrl).port),
    bffUrl,
    testbedUrl: testbed.url,
    secretKey,
  });

  return {
    bffUrl,
    shopUrl,
    spareUrl,
    testbedUrl: testbed.url,
    secretKey,
    logs: () => logged.join(''),
    dump: () => dumpOf(databaseUrl),
    hashes: () => hashesOf(testbed),
    close: async () => {
      await shop.close();
      await bff.close();
      await testbed.close();
    },
  };
}
