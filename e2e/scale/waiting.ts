/**
 * `npm run scale:waiting [customers]`: so many customers wait for their approval call at one process (L2), each in a long
 * poll of its own, as the widget does it. Says how much heap that takes, fails above 120 MB or when anything fails. Then
 * some press the digits, and at the end the process is told to stop with everybody waiting. About four minutes.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { widgetApi } from '../../shared/api/widget.ts';
import { newOrderNumber } from '../../shared/values/order-number.ts';
import type { AccountNumber } from '../../shared/values/account-number.ts';
import type { PersonName } from '../../shared/values/person-name.ts';
import type { PhoneNumber } from '../../shared/values/phone-number.ts';
import { parseConfig } from '../../bff/config.ts';
import { createHectoClient } from '../../bff/hecto/client.ts';
import { createLog } from '../../bff/log/log.ts';
import { dueAt, type JourneyAt } from '../../bff/services/onboarding/journey.ts';
import { shopOrigin } from '../../bff/services/testing/customer.ts';
import { openStore } from '../../bff/store/store.ts';
import { Cluster } from './cluster.ts';
import { percentile } from './journey.ts';
import { processorSeconds } from './processor-time.ts';

const customers = Number(process.argv[2] ?? 10_000);
const waitSeconds = Number(process.env['WAITING_SECONDS'] ?? 60);
/** They do not come all at once. */
const comeWithinSeconds = 25;
const pressing = Math.min(200, customers);
const heapBarMb = 120;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number) => Math.round(bytes / 2 ** 20);

/** One customer's window: a token, and the version of what it has seen. */
type Window = { readonly phone: string; readonly token: string; readonly digits: string; version: number };

const cluster = await Cluster.start({ instances: 1, probe: true });
let failed: boolean;
try {
  await cluster.memory(); // code that runs once has run
  const alone = await cluster.memory();
  // Hecto's side hangs up when nobody presses anything: time stands still there.
  const begin = cluster.now().toISOString();
  const stillness = setInterval(() => void cluster.control('/clock', { now: begin }), 8_000);
  const windows = await customersInACall();

  const counts = { polls: 0, failures: 0 };
  const woken = new Map<Window, number>();
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const time = { isOver: false };
  const all = Promise.all(windows.map((window) => wait(window)));

  async function wait(window: Window): Promise<void> {
    await sleep(Math.random() * comeWithinSeconds * 1_000);
    for (;;) {
      const answer = await poll(window).catch(() => undefined);
      if (time.isOver) return;
      if (answer?.status !== 200) counts.failures += 1;
      else {
        counts.polls += 1;
        if (answer.step !== 'ars') {
          woken.set(window, performance.now());
          return;
        }
        window.version = answer.version;
      }
      await sleep(300);
    }
  }

  function poll(window: Window): Promise<{ status: number; version: number; step: string }> {
    const url = new URL(`${widgetApi}/session?since=${window.version}&wait=25`, cluster.url());
    return new Promise((resolve, reject) => {
      const asked = request(
        url,
        { agent, headers: { origin: shopOrigin, authorization: `Bearer ${window.token}` } },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              version: Number(/"version":(\d+)/.exec(text)?.[1]),
              step: /"step":"(\w+)"/.exec(text)?.[1] ?? '',
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.end();
    });
  }

  await sleep((comeWithinSeconds + 5) * 1_000);
  let highest = 0;
  const readyMs: number[] = [];
  const busy = (of: 'bff' | 'postgres' | 'hecto') => processorSeconds(cluster.pids[of][0]!);
  const before = { bff: busy('bff'), postgres: busy('postgres'), hecto: busy('hecto') };
  for (const end = performance.now() + waitSeconds * 1_000; performance.now() < end;) {
    const begun = performance.now();
    const ready = await fetch(`${cluster.url()}/readyz`);
    readyMs.push(performance.now() - begun);
    if (!ready.ok) counts.failures += 1;
    await sleep(2_000);
    if (readyMs.length % 5 === 0) {
      const { heapUsed, rss } = await cluster.memory();
      highest = Math.max(highest, heapUsed);
      print(`heap ${mb(heapUsed)} MB, all memory ${mb(rss)} MB, polls answered ${counts.polls}`);
    }
  }
  const share = (of: 'bff' | 'postgres' | 'hecto') =>
    `${Math.round(((busy(of) - before[of]) * 100) / waitSeconds)} %`;
  print(
    `of a processor: BFF ${share('bff')}, PostgreSQL ${share('postgres')}, Hecto’s side ${share('hecto')}`,
  );
  const each = (highest - alone.heapUsed) / customers / 1024;
  print(
    `${customers} customers waiting: heap ${mb(highest)} MB (${mb(alone.heapUsed)} MB alone, ${each.toFixed(1)} KB each); ` +
      `${counts.polls} polls answered, ${counts.failures} failures; /readyz p50 / p95 ` +
      `${Math.round(percentile(readyMs, 0.5))} / ${Math.round(percentile(readyMs, 0.95))} ms`,
  );

  const pressed = windows.slice(0, pressing);
  const when = new Map<Window, number>();
  for (const window of pressed) {
    const [call] = await cluster.control<{ id: string }[]>(`/phones/${window.phone}/calls`);
    when.set(window, performance.now());
    await cluster.control(`/calls/${call!.id}/answer`, { digits: window.digits });
  }
  for (const end = performance.now() + 120_000; woken.size < pressing && performance.now() < end;)
    await sleep(100);
  const took = pressed.flatMap((window) => {
    const at = woken.get(window);
    return at === undefined ? [] : [at - when.get(window)!];
  });
  print(
    `${pressing} of them pressed the digits: ${took.length} went on, after p50 / p95 ` +
      `${(percentile(took, 0.5) / 1_000).toFixed(1)} / ${(percentile(took, 0.95) / 1_000).toFixed(1)} s`,
  );

  time.isOver = true;
  const begun = performance.now();
  const code = await cluster.stopInstance(0);
  print(`stopped with everybody waiting in ${Math.round(performance.now() - begun)} ms, exit code ${code}`);
  await all;
  agent.destroy();
  clearInterval(stillness);
  const faults = cluster.logged().filter(({ event }) => event === 'fault');
  failed =
    counts.failures > 0 ||
    faults.length > 0 ||
    took.length < pressing ||
    code !== 0 ||
    mb(highest) > heapBarMb;
  if (faults.length > 0) print(`faults: ${JSON.stringify(faults.slice(0, 3))}`);
} finally {
  await cluster.stop();
}
process.exit(failed ? 1 : 0);

/**
 * To bring ten thousand customers to their call through every step takes most of an hour, so they begin there: sessions
 * as the BFF would have left them, and calls that Hecto's side really makes.
 */
async function customersInACall(): Promise<Window[]> {
  const config = parseConfig(cluster.env);
  const log = createLog('error', () => cluster.now());
  const store = await openStore({ ...config, merchantId: config.hecto.merchantId }, { log });
  const hecto = createHectoClient({
    ...config.hecto,
    clock: () => cluster.now(),
    log: () => undefined,
    onAlert: () => undefined,
  });
  const windows: Window[] = [];
  const numbers = Array.from({ length: customers }, (_, index) => index).values();

  async function place(): Promise<void> {
    for (const number of numbers) {
      const six = String(number).padStart(6, '0');
      const [customerId, phone, digits] = [`waiting-${number}`, `010${six}00`, '37'];
      const bankCode = '088';
      const accountNumber = `11${six}9876`;
      const now = cluster.now();
      const later = new Date(now.getTime() + 25 * 60_000);
      const outcome = await hecto.call('arsRequest', {
        mchtTrdNo: newOrderNumber('ARS', now, randomBytes),
        mchtCustId: customerId,
        bankCd: bankCode,
        custAcntNo: accountNumber,
        mchtCustNm: '김민서',
        authNo: digits,
        cphoneNo: phone,
      });
      if (outcome.kind !== 'accepted') throw new Error(`no call: ${outcome.code}`);
      const session = await store.sessions.create(
        { customerId, origin: shopOrigin, surface: 'frame', locale: 'ko', flow: { paymentPassword: 'skip' } },
        now,
        later,
      );
      const journey: JourneyAt<'ars'> = {
        step: 'ars',
        consents: [],
        person: {
          name: '김민서' as PersonName,
          carrier: 'skt',
          phone: phone as PhoneNumber,
          birth: '920315',
          genderDigit: '2',
        },
        calls: { placed: 1, nextCallAt: later.toISOString() },
        account: { bankCode, accountNumber: accountNumber as AccountNumber },
        ars: {
          phase: 'calling',
          call: {
            trdNo: outcome.answer.trdNo!,
            digits,
            placedAt: now.toISOString(),
            callEndsAt: later.toISOString(),
          },
        },
      };
      const saved = await store.sessions.save(session, journey, { dueAt: dueAt(journey) });
      const token = await store.tokens.issueSessionToken(session.id, now);
      windows.push({ phone, token, digits, version: saved!.version });
      if (windows.length % 2_000 === 0) print(`${windows.length} customers are in their call`);
    }
  }

  await Promise.all(Array.from({ length: 12 }, place));
  await hecto.close();
  await store.close();
  return windows;
}
