/** The BFF out of its npm package, as a process of its own, at Hecto's side as ever. The merchant's part is not in it. */
import { join } from 'node:path';
import { clockAhead } from '../clock-ahead.ts';
import type { MovableClock } from '../movable-clock.ts';
import { environmentOf, freeAddresses, secretKey, type System } from '../system.ts';
import { startTestbed } from '../testbed/testbed.ts';
import { dumpOf, hashesOf } from '../written.ts';
import { startProgram } from './program.ts';

export type InstalledSystem = System & {
  /** What the BFF was told. */
  readonly bffEnv: Readonly<Record<string, string>>;
  /** What a merchant's programs are told. They go by the time of the test, too. */
  readonly env: Readonly<Record<'BFF_URL' | 'SECRET_KEY' | 'WEBHOOK_SECRET' | 'NODE_OPTIONS', string>>;
};

/** `folder` is where the package is installed. Webhooks go to `/webhooks` of the shop's address. */
export async function startInstalledSystem(
  folder: string,
  databaseUrl: string,
  clock: MovableClock,
): Promise<InstalledSystem> {
  const addresses = await freeAddresses();
  const testbed = await startTestbed({ port: 0, clock: clock.now });
  const webhookSecret = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
  const nodeOptions = clockAhead(folder, clock.now().getTime() - Date.now());
  const bffEnv = {
    ...environmentOf({ ...addresses, testbedUrl: testbed.url, databaseUrl }),
    WEBHOOK_URL: `${addresses.shopUrl}/webhooks`,
    WEBHOOK_SECRETS: webhookSecret,
    NODE_OPTIONS: nodeOptions,
  };
  const bff = await startProgram(join(folder, 'node_modules/.bin/hecto-onboarding'), ['start'], {
    cwd: folder,
    env: bffEnv,
    answersAt: `${addresses.bffUrl}/readyz`,
  });
  return {
    ...addresses,
    testbedUrl: testbed.url,
    secretKey,
    bffEnv,
    env: {
      BFF_URL: addresses.bffUrl,
      SECRET_KEY: secretKey,
      WEBHOOK_SECRET: webhookSecret,
      NODE_OPTIONS: nodeOptions,
    },
    logs: () => bff.said(),
    dump: () => dumpOf(databaseUrl),
    hashes: () => hashesOf(testbed),
    close: async () => {
      await bff.stop();
      await testbed.close();
    },
  };
}
