import { Agent, get, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { widgetApi } from '../../shared/api/widget.ts';
import { shopOrigin } from '../../bff/services/testing/customer.ts';
import { interleaved } from './rounds.ts';
import type { Seeds } from './seed-sessions.ts';
import type { Measured } from './servers.ts';

/** As many commands at a time as the store's own measurement has in flight. */
const inFlight = 16;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/**
 * S1: microseconds of processor time for a whole command of the widget (the customer chooses an account: two calls to
 * Hecto, three limits) and for what of it is the session's alone: found by its token, noted as seen, claimed and saved.
 */
export function measureCommand(
  bff: Measured,
  store: Measured,
  seeds: Seeds,
  rounds: number,
): Promise<Readonly<Record<'request' | 'session', readonly number[]>>> {
  const tokens = seeds.tokens.slice(0, 320);
  const perCommand = async (server: Measured, work: () => Promise<unknown>) => {
    await seeds.reset();
    const before = await server.cpuMs();
    await work();
    return (((await server.cpuMs()) - before) * 1_000) / tokens.length;
  };
  const variants = {
    request: () => perCommand(bff, () => chooseAccounts(bff.url, tokens)),
    session: () => perCommand(store, () => store.ask({ who: 'command', tokens })),
  };
  return interleaved(variants, 1).then(() => interleaved(variants, rounds));
}

async function chooseAccounts(url: string, tokens: readonly string[]): Promise<void> {
  const pool = new Pool(url, { connections: inFlight, pipelining: 1 });
  const body = JSON.stringify({ bankCode: '004', accountNumber: '110234567890' });
  const waiting = tokens.values();
  async function work(): Promise<void> {
    for (const token of waiting) {
      const response = await pool.request({
        ...{ method: 'POST', path: `${widgetApi}/session/account`, body },
        headers: { ...bearer(token), origin: shopOrigin, 'content-type': 'application/json' },
      });
      const text = await response.body.text();
      if (response.statusCode !== 200 || !text.includes('"step":"ars"'))
        throw new Error(`${response.statusCode} ${text}`);
    }
  }
  try {
    await Promise.all(Array.from({ length: inFlight }, work));
  } finally {
    await pool.close();
  }
}

/** S2: how often in a second a session is read and saved, by our store and by the driver alone. */
export async function measureStore(
  store: Measured,
  { tokens, reset }: Seeds,
  rounds: number,
): Promise<Readonly<Record<'ours' | 'driver', readonly number[]>>> {
  const seconds = 1.2;
  const turn = (who: 'ours' | 'driver') => async () =>
    Number(await store.ask({ who, tokens: tokens.slice(0, 160), ms: seconds * 1_000 })) / seconds;
  await reset();
  const variants = { ours: turn('ours'), driver: turn('driver') };
  await interleaved(variants, 1);
  return interleaved(variants, rounds);
}

/** L1: bytes of heap for each customer who waits at the BFF, and for each request that waits at a bare server. */
export async function measureWaiting(
  bff: Measured,
  bare: Measured,
  { tokens, reset }: Seeds,
  rounds: number,
): Promise<Readonly<Record<'bff' | 'bare', readonly number[]>>> {
  await reset();
  const variants = {
    bff: () => heapOfWaiting(bff, `${widgetApi}/session?since=9&wait=25`, tokens),
    bare: () => heapOfWaiting(bare, '/', tokens),
  };
  await interleaved(variants, 1);
  return interleaved(variants, rounds);
}

async function heapOfWaiting(server: Measured, path: string, tokens: readonly string[]): Promise<number> {
  const before = await server.heap();
  const agent = new Agent({ maxSockets: Infinity });
  let answer: string | undefined;
  const polls: ClientRequest[] = [];
  try {
    // Not all at once: each first reads its session, and is turned away when that takes too long.
    for (const token of tokens) {
      const poll = get(server.url + path, { agent, headers: bearer(token) });
      poll.on('response', (response: IncomingMessage) => (answer ??= `${response.statusCode} at once`));
      poll.on('error', () => undefined);
      if (polls.push(poll) % 20 === 0) await sleep(40);
    }
    await untilQuiet(server);
    const after = await server.heap();
    if (answer !== undefined) throw new Error(`${server.url}${path}: ${answer}`);
    return (after - before) / tokens.length;
  } finally {
    for (const poll of polls) poll.destroy();
    await untilQuiet(server);
  }
}

/** Until the server has nothing to do but wait. */
async function untilQuiet(server: Measured): Promise<void> {
  for (let before = await server.cpuMs(), quiet = 0; quiet < 3;) {
    await sleep(100);
    const after = await server.cpuMs();
    quiet = after - before < 10 ? quiet + 1 : 0;
    before = after;
  }
}
