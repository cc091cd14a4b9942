import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servedCalls } from '../../bff/routes/merchant/served.ts';
import { samples } from '../../bff/services/testing/merchant-samples.ts';
import { System } from '../../bff/services/testing/start-system.ts';
import type { ProblemCode } from '../../shared/api/problems.ts';
import { ensureCurl } from './ensure-curl.ts';
import { projectFolder } from './pages.ts';

const operations = servedCalls({ store: {} } as never).map(({ operation }) => operation);

/** What of an example only Hecto, a phone or a statement can know: then the answer says that it is wrong, and no more. */
const refused: Readonly<Record<string, ProblemCode>> = {
  confirmPhoneVerification: 'hecto-refused',
  confirmOwnershipCheck: 'hecto-refused',
  checkAccountHolder: 'hecto-refused',
};

let system: System;
beforeAll(async () => {
  const webhook = {
    url: 'http://127.0.0.1:9/nobody',
    secrets: [Buffer.alloc(32, 7)],
    networks: ['127.0.0.1'],
  };
  ensureCurl();
  system = await System.start({ webhook });
}, 180_000);
afterAll(() => system.stop());

/** Runs a command as its reader would, with the ids that the page leaves to them. */
async function run(command: string, ids: Record<string, string>): Promise<{ status: string; body: string }> {
  const child = spawn(
    'bash',
    ['-euo', 'pipefail', '-c', command.replace('curl -sS', "curl -sS -w '\\n%{http_code}'")],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], BFF_URL: system.url(), SECRET_KEY: 'sk_local_demo', ...ids },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  await once(child, 'close');
  const [, body = said, status = ''] = /^([^]*)\n(\d+)$/.exec(said) ?? [];
  return { status, body };
}

/** The ids in an address, by the names that the page gives them; and the customer whose they are. */
function idsIn(
  template: string,
  path: string,
  body: object = {},
): { ids: Record<string, string>; customer: string } {
  const { pathname, searchParams } = new URL(path, 'http://bff');
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const [, ...values] = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname)!;
  const found = Object.fromEntries(names.map((name, index) => [name, values[index]!]));
  const customer =
    found['customerId'] ?? searchParams.get('customerId') ?? (body as { customerId?: string }).customerId;
  const variable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return {
    ids: Object.fromEntries(Object.entries(found).map(([name, value]) => [variable(name), value])),
    customer: customer ?? 'customer-17',
  };
}

const page = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
/** The command under each call's method and path. */
const commandsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/^`((?:GET|POST|DELETE) \/\S+)`$[^]*?^```sh\n([^]*?)^```$/gm)].map(
      ([, call, command]) => [call!, command!],
    ),
  );
const commands = commandsIn(page('docs/api.md'));

test('docs/api.md has a command for every call and no other', () => {
  const calls = operations.map(({ method, path }) => `${method} ${path}`);
  expect([...commands.keys()].sort()).toEqual(calls.sort());
});

test('docs/api.ko.md has the same commands', () => {
  expect([...commandsIn(page('docs/api.ko.md'))]).toEqual([...commands]);
});

test.each(operations)('the command for $id can be copied into a shell', async ({ id, method, path }) => {
  const asked = await samples[id]!.succeeds(system);
  const { ids, customer } = idsIn(path, asked.path, asked.body);
  const command = commands.get(`${method} ${path}`)!.replaceAll('customer-17', customer);
  const { status, body } = await run(command, ids);
  if (refused[id])
    expect({ status, body: JSON.parse(body) as unknown }).toMatchObject({
      status: '402',
      body: { code: refused[id] },
    });
  else expect({ status, body }).toEqual({ status: expect.stringMatching(/^20[012]$/) as unknown, body });
});
