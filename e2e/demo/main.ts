/**
 * `npm run demo`: a shop, the BFF with its database, and Hecto's side with a virtual phone, all on this machine.
 * Ctrl-C stops everything.
 */
import { parseConfig } from '../../bff/config.ts';
import { createApp } from '../../bff/app.ts';
import { startShop } from '../shop/server.ts';
import { startTestbed } from '../testbed/testbed.ts';
import { buildWidgetIfOlder } from '../build-widget.ts';
import { firstTakenPort } from '../ports.ts';

const ports = { shop: 4000, bff: 4010, testbed: 4020, operators: 4030 } as const;
const demoKey = 'sk_local_demo';
const demoPassword = 'demo-operators-only';

type Part = { close(): Promise<unknown> };
const running: Part[] = [];

await start().catch(stopWith);

async function start(): Promise<void> {
  const taken = await firstTakenPort(Object.values(ports));
  if (taken) throw new Error(`Port ${taken} is taken: stop what runs there (another demo?) and start again.`);

  process.once('SIGINT', () => void stop(0)).once('SIGTERM', () => void stop(0));
  await buildWidgetIfOlder();

  const testbed = await startTestbed({ port: ports.testbed });
  running.push(testbed);

  const config = parseConfig(bffEnvironment(testbed.url));
  const bff = await createApp(config, { clock: () => new Date(), timings: { idleMs: 0 } });
  running.push(bff);
  const { opsUrl } = await bff.listen();

  const shop = await startShop({
    port: ports.shop,
    bffUrl: config.publicUrl,
    testbedUrl: testbed.url,
    secretKey: demoKey,
  });
  running.push(shop);

  process.stdout.write(`
  Shop           ${shop.url}    open this one
  BFF            ${config.publicUrl}
  Virtual phone  ${testbed.url}/phone
  Operators      ${opsUrl}    any name, password ${demoPassword}

  Ctrl-C stops everything.
`);
}

/** The defaults of `local`, at our ports; one visitor of a demo may ask for many messages. */
function bffEnvironment(testbedUrl: string): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: 'error',
    METRICS_PORT: 'off',
    ...process.env,
    PORT: String(ports.bff),
    HOST: '127.0.0.1',
    OPS_PORT: String(ports.operators),
    OPS_HOST: '127.0.0.1',
    OPS_PASSWORD: demoPassword,
    PUBLIC_URL: `http://localhost:${ports.bff}`,
    ALLOWED_ORIGINS: `http://localhost:${ports.shop},http://127.0.0.1:${ports.shop}`,
    ALLOWED_RETURN_URLS: `http://localhost:${ports.shop}/,http://127.0.0.1:${ports.shop}/`,
    MERCHANT_API_KEYS: demoKey,
    HECTO_ENV: 'local',
    HECTO_BASE_URL: testbedUrl,
    MERCHANT_NAME: '새벽콩 로스터스',
    SMS_PER_ADDRESS_PER_HOUR: '1000',
  };
}

async function stop(code: number): Promise<never> {
  for (const part of running.reverse()) await part.close();
  process.exit(code);
}

function stopWith(error: unknown): Promise<never> {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return stop(1);
}
