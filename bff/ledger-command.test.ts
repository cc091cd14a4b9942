import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Evidence } from './services/evidence/evidence.ts';
import { evidencePage } from './services/evidence/evidence-page.ts';
import { bankCode, MerchantServer } from './services/testing/merchant-server.ts';
import { System, type Customer } from './services/testing/start-system.ts';
import { freshDatabase } from './store/test-database.ts';

const command = fileURLToPath(new URL('./ledger-command.ts', import.meta.url));
const metadata = { note: '<b>원두</b> & 우유' };
const dataKeys = [{ id: 'k1', key: randomBytes(32) }];

let database: Awaited<ReturnType<typeof freshDatabase>>;
let sql: pg.Client;
/** Runs all the time: the command works beside it. */
let system: System;
let merchant: MerchantServer;
let folder: string;
beforeAll(async () => {
  database = await freshDatabase();
  sql = new pg.Client({ connectionString: database.url });
  await sql.connect();
  system = await System.start({ databaseUrl: database.url, dataKeys });
  merchant = new MerchantServer(system);
  folder = mkdtempSync(join(tmpdir(), 'hecto-evidence-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system.stop();
  await sql.end();
  await database.drop();
});

async function ledger(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', command, ...args], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      DATA_KEYS: `k1:${dataKeys[0]!.key.toString('base64')}`,
      PIN_PEPPER: 'p'.repeat(32),
    },
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

/** Everything that can be on record about one customer. */
async function history(): Promise<{ customer: Customer; accountKey: string; paymentId: string }> {
  const customer = await (await system.customer()).reaches('password');
  const session = await merchant.get(`/v1/onboarding-sessions/${customer.sessionId}`);
  const { accountKey } = session.body['account'] as { accountKey: string };
  const pay = (change: object) =>
    merchant.post('/v1/payments', {
      customerId: customer.id,
      bankCode,
      accountKey,
      amount: 15_000,
      ...change,
    });
  const paid = await pay({ productName: '원두 1kg', metadata });
  expect(paid.status).toBe(201);
  const paymentId = String(paid.body['id']);
  expect((await pay({ amount: 9_000_000 })).status).toBe(402);
  const refunds = `/v1/payments/${paymentId}/refunds`;
  expect((await merchant.post(refunds, { amount: 5_000 })).status).toBe(201);
  const remittance = {
    customerId: customer.id,
    bankCode,
    accountNumber: '110432109876',
    amount: 700,
    passbookText: '정산',
  };
  expect((await merchant.post('/v1/remittances', remittance)).status).toBe(201);
  return { customer, accountKey, paymentId };
}

describe('ledger evidence', () => {
  test('writes everything about one customer, as JSON and as a page, for the owner of the files only', async () => {
    const { customer, accountKey, paymentId } = await history();
    const other = await (await system.customer()).reaches('account');
    const { code, out, err } = await ledger('evidence', customer.id, '--out', folder);
    const [json, page] = [`evidence-${customer.id}.json`, `evidence-${customer.id}.html`].map((name) =>
      join(folder, name),
    ) as [string, string];
    expect({ code, out, err }).toEqual({ code: 0, out: `${json}\n${page}\n`, err: '' });
    for (const path of [json, page]) expect(statSync(path).mode & 0o777).toBe(0o600);

    const text = readFileSync(json, 'utf8');
    const evidence = JSON.parse(text) as Evidence;
    expect(evidence).toMatchObject({ customerId: customer.id, merchantId: 'midtest' });
    expect(evidence.chains).toMatchObject({ isSound: true });

    const shown = await other.terms();
    expect(evidence.consents.map(({ documentId }) => documentId)).toEqual(
      shown.map(({ documentId }) => documentId),
    );
    for (const consent of evidence.consents) {
      const document = evidence.documents.find(({ sha256 }) => sha256 === consent.sha256)!;
      expect(createHash('sha256').update(document.text).digest('hex')).toBe(consent.sha256);
      expect(document.isExact).toBe(true);
      expect(consent).toMatchObject({
        address: '127.0.0.1',
        userAgent: 'node',
        sessionId: customer.sessionId,
      });
    }
    expect(evidence.consents.map(({ agreed }) => agreed)).toEqual(shown.map(({ required }) => required));

    expect(evidence.registrations).toHaveLength(1);
    const [registration] = evidence.registrations;
    expect(registration).toMatchObject({
      state: 'succeeded',
      bankCode,
      maskedAccountNumber: '****9876',
      accountKey,
      approval: {
        method: 'ars',
        maskedPhone: `010-****-${customer.phone.slice(-4)}`,
        maskedAccountNumber: '****9876',
        transactionNumber: system.lastCall('accountRegistration')['trdNo'],
      },
    });
    const { calledAt, approvedAt } = registration!.approval!;
    expect(Date.parse(approvedAt!)).toBeGreaterThanOrEqual(Date.parse(calledAt!));
    expect(registration!.steps.map(({ to, reason }) => [to, reason])).toEqual([
      ['created', 'call-approved'],
      ['submitting', 'sending'],
      ['succeeded', 'registered'],
    ]);

    expect(evidence.payments.map(({ amount, state, hectoCode }) => [amount, state, hectoCode])).toEqual([
      [15_000, 'succeeded', undefined],
      [9_000_000, 'failed', 'ST12'],
    ]);
    expect(evidence.payments[0]).toMatchObject({ id: paymentId, metadata });
    expect(evidence.refunds).toMatchObject([{ amount: 5_000, state: 'succeeded', paymentId }]);
    expect(evidence.remittances).toMatchObject([{ amount: 700, state: 'succeeded' }]);
    for (const { steps } of [...evidence.payments, ...evidence.refunds, ...evidence.remittances])
      expect(steps.map(({ to }) => to).slice(0, 2)).toEqual(['created', 'submitting']);

    // No digits of the call or the account, nothing of anybody else.
    expect(text).not.toContain('110432109876');
    expect(text).not.toContain(other.id);

    const html = readFileSync(page, 'utf8');
    expect(html).toContain('&#60;b&#62;원두&#60;/b&#62; &#38; 우유');
    expect(html).not.toMatch(/<b>원두|<script|https?:\/\/|url\(/);
    expect(html).toContain('기록이 온전해요');
    expect(html).toContain('제1조 (목적)');
    for (const { link } of evidence.consents) expect(html).toContain(link);
  });

  test('tells accounts that a bank cancelled', async () => {
    const { customerId, accountKey } = await merchant.customerWithAccount();
    await system.control('/institution-cancellations', { accountKey, institution: '1', reason: '0' });
    system.pass(25 * 3_600 + 60);
    await expect
      .poll(async () => (await sql.query('SELECT 1 FROM account_cancellations')).rowCount, {
        timeout: 15_000,
      })
      .toBe(1);
    expect((await ledger('evidence', customerId, '--out', folder)).code).toBe(0);
    const evidence = JSON.parse(
      readFileSync(join(folder, `evidence-${customerId}.json`), 'utf8'),
    ) as Evidence;
    expect(evidence.cancellations).toMatchObject([
      { accountKey, cancelledBy: 'bank', reason: 'customer-request' },
    ]);
    expect(evidence.registrations).toMatchObject([{ state: 'succeeded', approval: { method: 'written' } }]);
    expect(evidencePage(evidence)).toContain('고객 요청');
  });

  test('never writes through what already has the name', async () => {
    const { customerId } = await merchant.customerWithAccount();
    const path = join(folder, `evidence-${customerId}.json`);
    writeFileSync(path, 'open to all', { mode: 0o644 });
    expect((await ledger('evidence', customerId, '--out', folder)).code).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('says so when nothing is on record, and never reads another merchant', async () => {
    const nothing = { code: 1, out: 'Nothing is on record about this customer.\n', err: '' };
    expect(await ledger('evidence', 'nobody', '--out', folder)).toEqual(nothing);
    const customer = await (await system.customer()).reaches('password');
    const of = [customer.sessionId];
    await sql.query(`UPDATE onboarding_sessions SET merchant_id = 'other' WHERE id = $1`, of);
    // As an older version wrote it: only the session tells whose it is.
    await sql.query(`UPDATE registrations SET merchant_id = NULL WHERE session_id = $1`, of);
    await sql.query('ALTER TABLE consents DISABLE TRIGGER USER');
    const { rowCount } = await sql.query('DELETE FROM consents WHERE session_id = $1', of);
    await sql.query('ALTER TABLE consents ENABLE TRIGGER USER');
    expect(rowCount).toBeGreaterThan(0);
    expect(await ledger('evidence', customer.id, '--out', folder)).toEqual(nothing);
    // Today's names it itself, and stays when the session goes.
    await sql.query(`UPDATE registrations SET merchant_id = 'other' WHERE session_id = $1`, of);
    await sql.query('DELETE FROM onboarding_sessions WHERE id = $1', of);
    expect(await ledger('evidence', customer.id, '--out', folder)).toEqual(nothing);
  });

  test.each([
    [[]],
    [['verify', 'more']],
    [['evidence']],
    [['evidence', '../x']],
    [['verify', '--anchor', 'x']],
  ])('ends with 2 and one hint for %j', async (args) => {
    const { code, out, err } = await ledger(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^(Usage:|A customer id is|An anchor is)/);
  });
});

describe('R36 ledger verify', () => {
  test('prints counts, last links and the balance, and later finds the links again', async () => {
    await history();
    const { code, out } = await ledger('verify');
    expect(out).toMatch(/^consents: \d+ rows, last link [0-9a-f]{64}$/m);
    expect(out).toMatch(/^documents: \d+, each is what its hash says$/m);
    expect(out).toMatch(/^balance of midtest: debits [\d,]+ won - refunds [\d,]+ won = [\d,]+ won/m);
    expect(out).toMatch(/All is well\.\n$/);
    expect(code).toBe(0);
    const links = [...out.matchAll(/last link ([0-9a-f]{64})/g)].map(([, link]) => link!);
    await history();
    const again = await ledger('verify', ...links.flatMap((link) => ['--anchor', link]));
    expect(again).toMatchObject({ code: 0 });
    expect(again.out).toMatch(/anchor [0-9a-f]{64}: row \d+ of consents/);
    expect(again.out).toMatch(/anchor [0-9a-f]{64}: row \d+ of transitions/);
    const missing = await ledger('verify', '--anchor', 'ab'.repeat(32));
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.out).toContain('BROKEN, in neither chain');
  });

  test('ends with 1 and the first broken row, and evidence says that it cannot be relied on', async () => {
    const { customer } = await history();
    const { rows } = await sql.query<{ seq: number }>(
      `SELECT seq FROM intent_transitions WHERE amount = 5000 ORDER BY seq DESC LIMIT 1`,
    );
    await sql.query('ALTER TABLE intent_transitions DISABLE TRIGGER USER');
    await sql.query('UPDATE intent_transitions SET amount = 4000 WHERE seq = $1', [rows[0]!.seq]);
    const { code, out } = await ledger('verify');
    expect(code).toBe(1);
    expect(out).toContain(`transitions: BROKEN at row ${rows[0]!.seq}:`);
    expect(out).toContain('balance of midtest: BROKEN');
    expect(out).toMatch(/The records are BROKEN\.\n$/);
    const evidence = await ledger('evidence', customer.id, '--out', folder);
    expect(evidence).toMatchObject({ code: 1 });
    expect(readFileSync(join(folder, `evidence-${customer.id}.html`), 'utf8')).toContain(
      '기록이 손상되었어요',
    );
    await sql.query('UPDATE intent_transitions SET amount = 5000 WHERE seq = $1', [rows[0]!.seq]);
    await sql.query('ALTER TABLE intent_transitions ENABLE TRIGGER USER');
    expect((await ledger('verify')).code).toBe(0);
  });
});
