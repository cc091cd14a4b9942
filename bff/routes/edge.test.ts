import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System, type Customer } from '../services/testing/start-system.ts';

/* What strangers may say about themselves, and how slowly. */

const client = '203.0.113.7';
const forged = '198.51.100.99';

async function atIdentity(system: System, headers: Record<string, string>): Promise<Customer> {
  const customer = await system.customer();
  await customer.reaches('identity');
  customer.headers = headers;
  return customer;
}

describe('S51 with no proxy in front of it', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start({ smsPerAddressPerHour: 3 });
  });
  afterAll(() => system.stop());

  const lies: Record<string, string>[] = [
    { 'x-forwarded-for': forged },
    { 'x-forwarded-for': `${forged}, ${client}` },
    { 'x-real-ip': forged },
    { forwarded: `for=${forged};proto=https` },
    { 'true-client-ip': forged, 'cf-connecting-ip': forged, 'x-client-ip': forged },
  ];

  test('Hecto hears where the connection came from, whatever the headers say, and each lie counts for that address', async () => {
    const ends: string[] = [];
    for (const headers of lies) {
      const customer = await atIdentity(system, headers);
      const state = await customer.identify();
      ends.push(state.step);
      if (state.step === 'code')
        expect(system.lastCall('mobileVerificationRequest')['custIp']).toBe('127.0.0.1');
    }
    expect(ends).toEqual(['code', 'code', 'code', 'identity', 'identity']);
    expect(JSON.stringify(system.testbed.requests.of())).not.toContain(`"custIp":"${forged}"`);
  });
});

describe('S51 behind one proxy that is trusted', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start({ smsPerAddressPerHour: 2, trustProxy: ['127.0.0.1'] });
  });
  afterAll(() => system.stop());

  test('the address is what the proxy saw, not what its client had written before', async () => {
    for (const before of ['', `${forged}, `, '127.0.0.1, ']) {
      const customer = await atIdentity(system, { 'x-forwarded-for': `${before}${client}` });
      const { step } = await customer.identify();
      if (before === '127.0.0.1, ')
        expect(step).toBe('identity'); // the third from this address
      else expect(system.lastCall('mobileVerificationRequest')['custIp']).toBe(client);
    }
  });
});

describe('S46 slow clients', { timeout: 60_000 }, () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start();
  });
  afterAll(() => system.stop());

  /** Opens a connection, says the beginning of a request and then a little more every second; answers when it is cut. */
  function trickle(beginning: string, more: string): Promise<{ seconds: number; answer: string }> {
    const begun = performance.now();
    return new Promise((resolve) => {
      let answer = '';
      const socket: Socket = connect(Number(new URL(system.url()).port), '127.0.0.1', () =>
        socket.write(beginning),
      );
      const timer = setInterval(() => socket.write(more), 1_000);
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        resolve({ seconds: (performance.now() - begun) / 1000, answer });
      });
    });
  }

  test('are cut off when their time is up, and nobody else waits for them', async () => {
    const many = 100;
    const headers = Array.from({ length: many }, () =>
      trickle('GET /healthz HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n'),
    );
    const bodies = Array.from({ length: many }, () =>
      trickle(
        'POST /v1/payments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n{',
        ' ',
      ),
    );
    const over = new AbortController();
    const attack = Promise.all([...headers, ...bodies]).finally(() => over.abort());
    let longestMs = 0;
    while (!over.signal.aborted) {
      const begun = performance.now();
      expect((await fetch(`${system.url()}/healthz`)).status).toBe(200);
      longestMs = Math.max(longestMs, performance.now() - begun);
      await sleep(100);
    }
    expect(longestMs).toBeLessThan(1_000);
    const ends = await attack;
    for (const { seconds } of ends.slice(0, many)) expect(seconds).toBeLessThan(14);
    for (const { seconds } of ends) expect(seconds).toBeLessThan(20);
    for (const { answer } of ends) expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
  });
});
