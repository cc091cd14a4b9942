import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockAhead } from '../e2e/clock-ahead.ts';
import { ensureCurl } from '../e2e/docs/ensure-curl.ts';
import { freePort } from '../e2e/ports.ts';
import { projectFolder } from './project-files.ts';
import { System } from './services/testing/start-system.ts';

type Snippet = { language: 'sh' | 'js'; code: string; line: number };

/** Everything in a document that a reader would run. */
function snippetsOf(name: string): Snippet[] {
  const text = readFileSync(join(projectFolder, 'docs', name), 'utf8');
  return [...text.matchAll(/^```(sh|js)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] as 'sh' | 'js',
    code: match[2]!,
    line: text.slice(0, match.index).split('\n').length,
  }));
}

let system: System;
let folder: string;
let receiverPort: number;
let nodeOptions: string;
const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
beforeAll(async () => {
  ensureCurl();
  // Inside the project, so that snippets find its packages.
  folder = mkdtempSync(join(projectFolder, 'node_modules', '.snippets-'));
  receiverPort = await freePort();
  const webhook = {
    url: `http://127.0.0.1:${receiverPort}/`,
    secrets: [Buffer.alloc(32, 3)],
    networks: ['127.0.0.1'],
  };
  // By day: at midnight the banks are closed, and no snippet would pay.
  system = await System.start({ webhook });
  // The readers' programs, too: a receiver refuses what was signed long ago by its own clock.
  nodeOptions = clockAhead(folder, system.now().getTime() - Date.now());
}, 180_000);
afterAll(async () => {
  await system.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a snippet as its reader would: in a shell, with the variables that the document names. */
function start({ language, code }: Snippet, customerId: string, more: Record<string, string> = {}) {
  const file = join(folder, `snippet-${Math.random()}.${language === 'js' ? 'mjs' : 'sh'}`);
  // An answer that is an error ends the snippet as one.
  writeFileSync(file, language === 'sh' ? code.replaceAll('curl -sS', 'curl -sS --fail-with-body') : code);
  const [command, args] = language === 'js' ? ['node', [file]] : ['bash', ['-euo', 'pipefail', file]];
  return spawn(command, args, {
    env: {
      ...process.env,
      BFF_URL: system.url(),
      SECRET_KEY: 'sk_local_demo',
      CUSTOMER_ID: customerId,
      NODE_OPTIONS: nodeOptions,
      ...more,
    },
  });
}

async function run(snippet: Snippet, customerId: string): Promise<string> {
  const child = start(snippet, customerId);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, said }).toMatchObject({ code: 0 });
  return said;
}

describe.each([
  ['payments.md', 5],
  ['payments.ko.md', 4],
])('%s', (name, moved) => {
  test('every snippet runs, one after the other, and moves what it says', async () => {
    const customerId = `reader-of-${name}`;
    const said: string[] = [];
    for (const snippet of snippetsOf(name)) said.push(await run(snippet, customerId));
    expect(said.join('\n')).toMatch(/"status":"succeeded"/);
    expect(said.join('\n')).toMatch(/201 succeeded 5000/);
    const { orders } = await system.control<{ orders: { customerId?: string; code: string }[] }>(
      `/ledger?customerId=${customerId}`,
    );
    expect(orders.filter(({ code }) => code === '0000')).toHaveLength(moved === 5 ? 5 : 3);
  });
});

test.each(['webhooks.md', 'webhooks.ko.md'])(
  '%s: the server listens, and what it shows can be asked',
  async (name) => {
    const snippets = snippetsOf(name);
    const server = snippets.find(({ language }) => language === 'js')!;
    const customerId = `reader-of-${name}`;
    const [register, ...rest] = snippetsOf('payments.md')
      .filter(({ language }) => language === 'sh')
      .slice(1);
    const listening = start(server, customerId, { WEBHOOK_SECRET: secret, PORT: String(receiverPort) });
    let said = '';
    for (const stream of [listening.stdout, listening.stderr])
      stream.on('data', (chunk) => (said += String(chunk)));
    try {
      await sleep(500);
      await run(register!, customerId);
      const pay = rest.find(({ code }) => code.includes('/v1/payments"'))!;
      const { orderNumber } = JSON.parse(await run(pay, customerId)) as { orderNumber: string };
      await expect.poll(() => said, { timeout: 15_000 }).toContain(`deliver ${orderNumber}`);
      const outputs: string[] = [];
      for (const snippet of snippets.filter(({ language }) => language === 'sh')) {
        outputs.push(await run(snippet, customerId));
      }
      expect(outputs[0]).toMatch(/^whsec_[A-Za-z0-9+/=]{44}/);
      expect(outputs[1]).toContain('"state":"enabled"');
      expect(outputs[2]).toContain(orderNumber);
    } finally {
      listening.kill();
      await once(listening, 'close');
    }
  },
  60_000,
);
