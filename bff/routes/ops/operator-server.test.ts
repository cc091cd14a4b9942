import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../app.ts';
import { createLog } from '../../log/log.ts';
import { paymentOf } from '../../services/testing/crash/deeds.ts';
import type { MerchantServer } from '../../services/testing/merchant-server.ts';
import {
  funnelIn,
  OperatorPage,
  operatorPassword,
  operatorsOf,
} from '../../services/testing/operator-page.ts';
import { System } from '../../services/testing/start-system.ts';
import { startWithReceiver } from '../../services/testing/start-with-receiver.ts';
import type { WebhookReceiver } from '../../services/testing/webhook-receiver.ts';
import { connect } from '../../store/database.ts';
import { openStore } from '../../store/store.ts';

let system: System;
let merchant: MerchantServer;
let receiver: WebhookReceiver;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ system, merchant, receiver, stop } = await startWithReceiver({ ops: operatorsOf() }, 2));
});
afterAll(() => stop());

const logged = (text: string) => system.log.filter((line) => line.includes(text));

/** A payment that the bank made, of which nobody has heard; inquiries fail until `clear`. */
async function lostPayment(amount: number): Promise<{ id: string; orderNumber: string; customerId: string }> {
  const payer = await merchant.customerWithAccount();
  const deed = paymentOf(payer, amount);
  await system.control('/faults', {
    endpoint: 'payment',
    kind: 'lost-answer',
    orderNumber: deed.orderNumber,
  });
  const { body } = await merchant.post(deed.path, deed.body, deed.key);
  await expect
    .poll(async () => (await new OperatorPage(system).open()).includes(deed.orderNumber), { timeout: 5_000 })
    .toBe(true);
  return { id: String(body['id']), orderNumber: deed.orderNumber, customerId: payer.customerId };
}

describe('S52 the operators’ page', () => {
  test('is not on the public port: there it is as absent as any other page', async () => {
    for (const path of ['/ops', '/ops/page.js', '/ops/unknown/x/inquire', '/ops?lang=en']) {
      const [there, nowhere] = await Promise.all(
        [path, '/nowhere'].map(async (each) => {
          const answer = await fetch(system.url() + each, {
            headers: { authorization: `Basic ${Buffer.from(`kim:${operatorPassword}`).toString('base64')}` },
          });
          const headers = Object.fromEntries(answer.headers);
          const { requestId, ...body } = (await answer.json()) as Record<string, unknown>;
          Object.assign(headers, { 'x-request-id': '', date: '' });
          expect(requestId).toMatch(/^req_/);
          return { status: answer.status, headers, body };
        }),
      );
      expect(there!.status).toBe(404);
      expect(there).toEqual(nowhere);
    }
  });

  test('is off by default', async () => {
    const without = await System.start();
    expect(without.opsUrl()).toBeUndefined();
    expect((await fetch(`${without.url()}/ops`)).status).toBe(404);
    await without.stop();
  });

  test('S29 has every header on every answer, and a policy without anything inline', async () => {
    const operator = new OperatorPage(system);
    const answers = [
      await operator.get(),
      await operator.get('/ops/page.js'),
      await operator.get('/nowhere'),
      await operator.post('/ops/events/x/replay', { 'x-ops-token': undefined }),
      await fetch(system.opsUrl()),
      await fetch(system.opsUrl(), { method: 'DELETE' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 403, 401, 401]);
    for (const { headers } of answers) {
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none';script-src 'self';style-src 'self'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-resource-policy': 'same-origin',
        'permissions-policy': expect.stringContaining('camera=()') as string,
      });
      expect(headers.get('x-powered-by')).toBeNull();
    }
    const page = await operator.open();
    expect(page).not.toMatch(/ style=| on\w+="|<script>|<style>/);
  });

  test('speaks Korean, and English to who likes that better or asks for it', async () => {
    const operator = new OperatorPage(system);
    const heading = async (path: string, like?: string) => {
      const answer = await operator.get(path, like === undefined ? {} : { 'accept-language': like });
      return /<html lang="(..)">.*<h1>(.*?)<\/h1>/s.exec(await answer.text())?.slice(1);
    };
    expect(await heading('/ops')).toEqual(['ko', '운영 현황']);
    expect(await heading('/ops', 'de')).toEqual(['ko', '운영 현황']);
    expect(await heading('/ops', 'en-GB,ko;q=0.5')).toEqual(['en', 'Operations']);
    expect(await heading('/ops?lang=en', 'ko')).toEqual(['en', 'Operations']);
  });
});

describe('S20 what it changes', () => {
  const path = `/ops/events/evt_${'A'.repeat(24)}/replay`;
  test('nobody changes through an operator’s browser', async () => {
    const operator = new OperatorPage(system);
    await operator.open();
    const status = async (change: Record<string, string | undefined>) =>
      (await operator.post(path, change)).status;
    expect(await status({})).toBe(404); // our own page: there is no such event
    expect(await status({ 'x-ops-token': undefined })).toBe(403);
    const [, at, first, rest] = /^(\d+)\.(.)(.*)$/.exec(operator.token)!;
    expect(await status({ 'x-ops-token': `${at}.${first === 'A' ? 'B' : 'A'}${rest}` })).toBe(403);
    expect(await status({ 'x-ops-token': operator.token.replace(/^\d/, '9') })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'none' })).toBe(403);
    const foreign = ['https://evil.example', 'null', new URL(system.url()).origin, undefined];
    for (const origin of foreign) expect(await status({ 'sec-fetch-site': undefined, origin })).toBe(403);
    expect(await status({ 'sec-fetch-site': undefined })).toBe(404);
    expect(await status({ 'content-type': 'text/plain' })).toBe(415);
    expect(await status({ 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect((await operator.get(path)).status).toBe(405);
    expect((await fetch(new URL(path, system.opsUrl()), { method: 'POST' })).status).toBe(401);
  });

  test('needs a page of the last half day', async () => {
    const operator = new OperatorPage(system);
    await operator.open();
    const before = operator.token;
    system.pass(12 * 3_600 + 1);
    expect((await operator.post(path)).status).toBe(403);
    await operator.open();
    expect(operator.token).not.toBe(before);
    expect((await operator.post(path)).status).toBe(404);
  });
});

test('a customer’s way is counted by the step it reached, and shown with nothing of the customer', async () => {
  const operator = new OperatorPage(system);
  const before = funnelIn(await operator.open());
  await system.customer({ id: 'canary-customer-start' });
  const terms = await system.customer({ id: 'canary-customer-gone' });
  await terms.agree();
  await terms.does('/session/cancel');
  const code = await (await system.customer({ id: 'canary-customer-code' })).reaches('code');
  const account = await (await system.customer({ id: 'canary-customer-acct' })).reaches('account');
  await account.does('/session/back', { to: 'identity' });
  const ars = await (await system.customer({ id: 'canary-customer-call' })).reaches('ars');
  const done = await system.customer({ id: 'canary-customer-done', flow: 'own' });
  await done.reaches('password');
  await done.enterPassword('948372');
  await done.enterPassword('948372');
  expect(done.state.step).toBe('done');

  await new Promise((resolve) => setTimeout(resolve, 2_100)); // counts are fresh for two seconds
  const page = await operator.open();
  const after = funnelIn(page);
  const gained = Object.fromEntries(Object.entries(after).map(([stage, n]) => [stage, n - before[stage]!]));
  expect(gained).toEqual({
    started: 6,
    agreed: 5,
    phoneProven: 3,
    accountChosen: 2,
    callApproved: 1,
    registered: 1,
    completed: 1,
  });

  expect(page).toContain('ca•••ne');
  expect(page).toMatch(/신한은행 \*+9876/);
  const people = [terms, code, account, ars, done];
  const secrets = people.flatMap(({ id, phone, token }) => [id, phone, phone.slice(-4), token]);
  for (const secret of [...secrets, 'canary', '김민서', '920315', '110432109876', '948372', 'accountKey'])
    expect(page).not.toContain(secret);

  // What is deleted after a day stays counted.
  const store = await openStore(
    { ...system.config, merchantId: system.config.hecto.merchantId },
    { log: createLog('silent', () => system.now()) },
  );
  const gone = await store.retention.clear(new Date(system.now().getTime() + 25 * 3_600_000));
  expect(gone.get('onboarding_sessions')).toBeGreaterThanOrEqual(2);
  const { completed, started } = await store.funnel(system.now());
  expect({ completed: completed.lastDay, started: started.lastDay }).toEqual({
    completed: after['completed'],
    started: after['started'],
  });

  // An older version moves sessions without writing down how far they came: their step says it.
  const { database } = connect(system.config.databaseUrl, () => undefined);
  await database.updateTable('onboarding_sessions').set({ reached: 0 }).execute();
  expect((await store.funnel(system.now())).accountChosen.lastDay).toBe(after['accountChosen']);
  await database.destroy();
  await store.close();
});

describe('R07 asking now', () => {
  test('turns an unknown payment into what it is, once, however many ask, and moves nothing', async () => {
    const { id, orderNumber, customerId } = await lostPayment(7_100);
    const [first, second] = [new OperatorPage(system), new OperatorPage(system, undefined, { instance: 1 })];
    const page = await first.open();
    await second.open();
    expect(page).toContain(`id="inquire-${id}"`);
    expect(page).toContain('7,100원');
    expect(page).not.toContain(customerId);
    await system.fault('transactionResult', 'delay', { times: 1, delayMs: 800 });
    const asked = system.calls('transactionResult');
    const path = `/ops/unknown/${id}/inquire`;
    const outcomes = await Promise.all([
      first.outcomeOf(path),
      first.outcomeOf(path),
      second.outcomeOf(path),
    ]);
    expect(outcomes.sort()).toEqual(['succeeded', 'under-way', 'under-way']);
    expect(system.calls('transactionResult')).toBe(asked + 1);
    expect(await second.outcomeOf(path)).toBe('final');
    expect(system.calls('transactionResult')).toBe(asked + 1);

    expect((await merchant.get(`/v1/payments/${id}`)).body).toMatchObject({ status: 'succeeded' });
    expect(await merchant.withdrawn(customerId)).toBe(7_100);
    expect(
      (await merchant.orders(customerId)).filter((order) => order.orderNumber === orderNumber),
    ).toHaveLength(1);
    const after = await first.open();
    expect(after).not.toContain(`id="inquire-${id}"`);
    expect(after).toMatch(new RegExp(`<span>kim</span>.*?지금 확인.*?${id}.*?성공한 거래로 확인됐어요`, 's'));
    expect(logged('"event":"operator.acted"').filter((line) => line.includes(id))).toHaveLength(4);
  });

  test('leaves open what Hecto cannot tell, and the worker goes on by itself', async () => {
    const { id, customerId } = await lostPayment(1_300);
    const operator = new OperatorPage(system);
    await operator.open();
    await system.fault('transactionResult', 'http-500', { times: 2 });
    const path = `/ops/unknown/${id}/inquire`;
    expect(await operator.outcomeOf(path)).toBe('unknown');
    // Nobody has it any more: it can be asked about again at once.
    expect(await operator.outcomeOf(path)).toBe('succeeded');
    expect(await merchant.withdrawn(customerId)).toBe(1_300);
  });

  test('works for an account whose registration lost its answer', async () => {
    const customer = await system.customer({ flow: 'own' });
    await customer.reaches('ars');
    await customer.requestCall();
    const sent = system.calls('accountRegistration');
    await system.fault('accountRegistration', 'lost-answer', { times: 1 });
    await system.fault('accountList', 'http-500', { times: 2 });
    await customer.answerCall();
    await customer.waits('ars', ({ ars }) => ars.phase !== 'calling');
    const operator = new OperatorPage(system);
    const button = /id="inquire-(reg_[^"]+)"/;
    await expect.poll(async () => button.exec(await operator.open())?.[1], { timeout: 10_000 }).toBeDefined();
    await expect
      .poll(
        async () => {
          const id = button.exec(await operator.open())?.[1];
          return id === undefined ? 'gone' : operator.outcomeOf(`/ops/unknown/${id}/inquire`);
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe('succeeded');
    await customer.waits('password');
    expect(system.calls('accountRegistration')).toBe(sent + 1);
  });
});

test('R33 sending again delivers the same event once more, with the same id', async () => {
  const payer = await merchant.customerWithAccount();
  const deed = paymentOf(payer, 2_900);
  const { body } = await merchant.post(deed.path, deed.body, deed.key);
  const ofPayment = () => receiver.arrivals.filter((arrival) => arrival.body.includes(String(body['id'])));
  await expect.poll(() => ofPayment().length, { timeout: 10_000 }).toBe(1);
  const { id } = ofPayment()[0]!;
  const operator = new OperatorPage(system);
  const page = await operator.open();
  expect(page).toMatch(new RegExp(`payment\\.succeeded.*?id="replay-${id}"`, 's'));
  expect(page).toContain(new URL(receiver.url).host);
  expect(page).not.toContain('/webhooks<');
  expect(await operator.outcomeOf(`/ops/events/${id}/replay`)).toBe('sent');
  await expect.poll(() => ofPayment().length, { timeout: 10_000 }).toBe(2);
  expect(ofPayment().map((arrival) => arrival.id)).toEqual([id, id]);
  expect(ofPayment()[1]!.body).toBe(ofPayment()[0]!.body);
});

test('what does not arrive shows with what came of its last attempt', async () => {
  receiver.answers(503);
  const deed = paymentOf(await merchant.customerWithAccount(), 3_300);
  const { body } = await merchant.post(deed.path, deed.body, deed.key);
  expect(body).toMatchObject({ status: 'succeeded' });
  const operator = new OperatorPage(system);
  const rows = async () => (await operator.open()).split('<tr');
  const isShown = (row: string) =>
    row.includes('payment.succeeded') && row.includes('에 다시 시도') && row.includes('<span>503</span>');
  await expect.poll(async () => (await rows()).some(isShown), { timeout: 10_000 }).toBe(true);
  receiver.answers(204);
});

test('what operators did cannot be changed or taken away in the database', async () => {
  const operator = new OperatorPage(system);
  await operator.open();
  const [{ id } = { id: '' }] = receiver.arrivals;
  expect(await operator.outcomeOf(`/ops/events/${id}/replay`)).toBe('sent');
  const { database } = connect(system.config.databaseUrl, () => undefined);
  const change = { outcome: 'failed' } as const;
  await expect(database.updateTable('operator_actions').set(change).execute()).rejects.toThrow('append-only');
  await expect(database.deleteFrom('operator_actions').execute()).rejects.toThrow('append-only');
  await database.destroy();
});

describe('S61 the password', () => {
  test('S06 is replaced without a restart, and pages of the old one change nothing any more', async () => {
    const config = { ...system.config, port: 0, ops: operatorsOf() };
    let secrets = config;
    const app = await createApp(config, {
      ...{ clock: () => system.now(), logStream: new PassThrough().resume(), timings: { idleMs: 0 } },
      readSecrets: () => secrets,
    });
    const opsUrl = (await app.listen()).opsUrl!;
    const [old, next] = [operatorPassword, 'another-open-sesame'].map(
      (password) => new OperatorPage({ opsUrl: () => opsUrl }, password),
    );
    await old!.open();
    expect((await next!.get()).status).toBe(401);
    secrets = { ...config, ops: operatorsOf('another-open-sesame') };
    await app.rereadSecrets();
    expect((await old!.get()).status).toBe(401);
    next!.token = old!.token;
    const path = `/ops/events/evt_${'A'.repeat(24)}/replay`;
    expect((await next!.post(path)).status).toBe(403);
    await next!.open();
    expect((await next!.post(path)).status).toBe(404);
    await app.close();
  });

  test('is needed, and each wrong one waits longer, until no more are taken from that address', async () => {
    const one = await System.start({ ops: operatorsOf(), trustProxy: 1 });
    const right = new OperatorPage(one);
    expect((await right.get()).status).toBe(200);
    const nobody = await fetch(one.opsUrl());
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get('www-authenticate')).toBe('Basic realm="Operators", charset="UTF-8"');
    for (const authorization of ['Basic', 'Basic %%', 'Basic bm9jb2xvbg==', 'Bearer sk_local_demo'])
      expect((await fetch(one.opsUrl(), { headers: { authorization } })).status).toBe(401);

    const wrong = new OperatorPage(one, `${operatorPassword}x`);
    const pauses: number[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const begun = performance.now();
      expect((await wrong.get()).status).toBe(401);
      pauses.push(performance.now() - begun);
    }
    expect(pauses[0]).toBeGreaterThan(200);
    expect(pauses[1]).toBeGreaterThan(450);
    expect(pauses[2]).toBeGreaterThan(950);

    // Many at once gain nothing: ten are looked at, whoever is right among the rest.
    const many = await Promise.all(Array.from({ length: 20 }, () => wrong.get()));
    const statuses = many.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(7);
    expect(statuses.filter((status) => status === 429)).toHaveLength(13);
    const refused = await right.get();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await right.get('/ops', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
    one.pass(601);
    expect((await right.get()).status).toBe(200);
    expect(one.log.join('')).not.toContain(operatorPassword);
    expect(one.log.join('')).toContain('operator-password-wrong');
    await one.stop();
  });
});
