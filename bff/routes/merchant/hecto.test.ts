import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Field } from '../../../shared/hecto/contract.ts';
import { endpointNames, endpointOf, isRequired, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import { examples } from '../../../shared/hecto/examples.ts';
import { System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

let keys = 0;
async function hecto(name: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${system.url()}/v1/hecto/${name}`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer sk_local_demo',
      'content-type': 'application/json',
      'idempotency-key': `key-${(keys += 1)}`,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Record<string, string> & {
    errors?: { field: string; message: string }[];
  };
  return { status: response.status, headers: response.headers, answer };
}

/** An invented, valid request with nothing optional. */
const sampleOf = (name: EndpointName): Record<string, string> =>
  Object.fromEntries(
    Object.entries(examples[name]).filter(([field]) => isRequired(endpointOf(name).request[field]!, {})),
  );

const phone = '01099990001';
const customer = { mchtCustId: 'raw-1' };
const account = { bankCd: '088', custAcntNo: '110432109876' };
let orders = 0;
const order = () => ({ mchtTrdNo: `RAW${(orders += 1)}` });

describe('all 32 calls reach Hecto and come back opened', () => {
  const succeeded = new Set<string>();

  async function succeeds(
    name: EndpointName,
    fields: Record<string, string> = {},
  ): Promise<Record<string, string>> {
    const own = endpointOf(name).request;
    const filled = { ...sampleOf(name), ...customer, ...account, mchtCustNm: '김민서', ...fields };
    const body = Object.fromEntries(
      Object.entries(filled).filter(([field]) => own[field] && !own[field].filled),
    );
    const { status, answer } = await hecto(name, body);
    expect({ name, status, ...answer }).toMatchObject({ name, status: 200, outStatCd: '0021' });
    succeeded.add(name);
    return answer;
  }
  const phoneSays = async (pattern: RegExp) => {
    const messages = await system.control<{ text: string }[]>(`/phones/${phone}/messages`);
    return pattern.exec(messages.at(-1)?.text ?? '')?.[1] ?? '';
  };
  const approve = async () => {
    const calls = await system.control<{ id: string }[]>(`/phones/${phone}/calls`);
    await system.control(`/calls/${calls.at(-1)!.id}/answer`, { digits: '48' });
  };

  test('who the customer is', async () => {
    const asked = await succeeds('mobileVerificationRequest', {
      uii: '9203152',
      cphoneNo: phone,
      authMthdCd: '1',
    });
    const authNo = await phoneSays(/\[(\d{6})\]/);
    await succeeds('mobileVerificationCheck', { tid: asked['tid']!, trdNo: asked['trdNo']!, authNo });
    await succeeds('accountHolderNameInquiry');
    await succeeds('accountHolderNameConfirm', { uii: '920315' });
    await succeeds('accountHolderNameInquiryWithAmount');
    await succeeds('accountOwnershipVerification', order());
  });

  test('the account', async () => {
    const number = order();
    const deposit = await succeeds('ownershipVerificationRequest', { ...number, authType: '4' });
    const code = await phoneSays(/(\d{4}) 1원/);
    const same = { ...number, trdNo: deposit['trdNo']! };
    await succeeds('ownershipVerificationCheck', { ...same, authNo: code });
    await succeeds('ownershipVerificationHistory', { ...same, orgTrdDt: '20261123' });

    await succeeds('arsRecordRequest', { cphoneNo: phone, authNo: '48' });
    await approve();
    const call = await succeeds('arsRequest', { cphoneNo: phone, authNo: '48' });
    await approve();
    await succeeds('arsCheck', { trdNo: call['trdNo']! });
    const registered = await succeeds('accountRegistration', {
      ...order(),
      trdNo: call['trdNo']!,
      uii: '920315',
    });
    const listed = await succeeds('accountList');
    expect(listed['acntRecords']).toMatchObject([{ recordCustAcntKey: registered['custAcntKey'] }]);
    await system.control('/passwords', { customerId: customer.mchtCustId, password: '482913' });
    await succeeds('paymentPasswordConfirm', { pmtPwd: '482913' });
  });

  test('money', async () => {
    const number = order();
    const paid = await succeeds('payment', { ...number, trdAmt: '1000', rglPmtYn: 'Y' });
    const day = { mchtTrdDt: '20261123', orgTrdDt: '20261123' };
    await succeeds('transactionResult', { ...number, ...day, pktDivCd: 'RP' });
    await succeeds('transactionHistory', { ...number, ...day, pktDivCd: 'RP' });
    await succeeds('paymentCancel', { ...order(), trdNo: paid['trdNo']!, trdAmt: '400' });
    const recurring = { rglChrgKey: paid['rglChrgKey']! };
    await succeeds('recurringPaymentApproval', { ...order(), ...recurring, trdAmt: '500' });
    await succeeds('recurringPaymentInfo', recurring);
    await succeeds('recurringPaymentHistory', recurring);
    await succeeds('recurringPaymentCancel', { ...order(), ...recurring });
    await succeeds('remittance', { ...order(), trdAmt: '700' });
    await succeeds('remittanceBalance', order());
  });

  test('the rest', async () => {
    await succeeds('merchantAccountRegistration', { ...order(), uii: '920315', custAcntNo: '110432109877' });
    await succeeds('accountCancellation', order());
    await succeeds('institutionCancelledAccounts', { unregDt: '20261122' });
    await succeeds('bankList');
    await succeeds('bankMaintenance', { bankCd: '088' });
    await succeeds('ownershipBankMaintenance', { bankCd: '088' });
    await succeeds('testCall');
    expect([...succeeded].sort()).toEqual([...endpointNames].sort());
  });

  test('a refusal is an answer like any other: 200 with the code', async () => {
    const { status, answer } = await hecto('payment', {
      ...customer,
      bankCd: '004',
      trdAmt: '1000',
      ...order(),
    });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ outStatCd: '0031', outRsltCd: 'ST01' });
  });
});

describe('S40 S41 nothing wrong reaches Hecto', () => {
  const seen = () => system.testbed.requests.of().length;

  /** The first names the field; the others may follow from it. */
  async function isRefused(name: EndpointName, field: string, body: unknown): Promise<void> {
    const before = seen();
    const { status, answer } = await hecto(name, body);
    expect({ field, status, code: answer['code'] }).toEqual({ field, status: 422, code: 'invalid-request' });
    expect(answer.errors?.map((error) => error.field)).toContain(field);
    expect(seen()).toBe(before);
  }

  const tooLong = (field: Field): string | undefined => {
    if (field.values || field.format) return undefined;
    const one = field.kind === 'A' ? 'a' : '1';
    return one.repeat((field.plainLength ?? field.max) + 1);
  };

  test.each(endpointNames)(
    '%s: every field missing, too long, forbidden or of another type',
    async (name) => {
      const example: Readonly<Record<string, string>> = examples[name];
      for (const [field, rule] of Object.entries(endpointOf(name).request)) {
        if (rule.filled) {
          await isRefused(name, field, { ...example, [field]: '20261123' });
          continue;
        }
        const { [field]: _, ...without } = example;
        if (isRequired(rule, without)) await isRefused(name, field, without);
        const long = tooLong(rule);
        if (long !== undefined) await isRefused(name, field, { ...example, [field]: long });
        await isRefused(name, field, { ...example, [field]: `${example[field] ?? ''}<` });
        for (const other of [1, true, null, ['1'], { a: '1' }]) {
          await isRefused(name, field, { ...example, [field]: other });
        }
      }
      await isRefused(name, 'pktHash', { ...example, pktHash: 'f'.repeat(64) });
      await isRefused(name, 'hdInfo', { ...example, hdInfo: 'SPAY_XX00_1.0' });
      await isRefused(name, 'unknownField', { ...example, unknownField: '1' });
    },
  );

  test('the answer never repeats a value', async () => {
    const { answer } = await hecto('paymentPasswordConfirm', { mchtCustId: 'raw<1', pmtPwd: '48291355' });
    expect(JSON.stringify(answer)).not.toMatch(/48291355|raw/);
  });

  test('an endpoint that does not exist is 404, a body that is no object 422', async () => {
    expect(await hecto('nothing', {})).toMatchObject({ status: 404, answer: { code: 'not-found' } });
    expect(await hecto('toString', {})).toMatchObject({ status: 404 });
    expect(await hecto('bankList', [])).toMatchObject({ status: 422, answer: { code: 'invalid-request' } });
  });
});

describe('what must happen once happens once', () => {
  const remit = () => ({ ...sampleOf('remittance'), ...customer, ...account, ...order(), trdAmt: '1000' });
  const sent = () => system.calls('remittance');

  test('R02 R04 the same key and body is one call, and every repeat hears the first answer', async () => {
    const [body, before] = [remit(), sent()];
    const key = { 'idempotency-key': 'once' };
    const first = await hecto('remittance', body, key);
    expect(first).toMatchObject({ status: 200, answer: { outStatCd: '0021' } });
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const reordered = Object.fromEntries(Object.entries(body).reverse());
    const again = await hecto('remittance', reordered, key);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.answer).toEqual(first.answer);
    expect(sent()).toBe(before + 1);
  });

  test('R03 the same key with another body is 422, on another endpoint it is another key', async () => {
    const key = { 'idempotency-key': 'reused' };
    await hecto('remittance', remit(), key);
    const before = sent();
    expect(await hecto('remittance', remit(), key)).toMatchObject({
      status: 422,
      answer: { code: 'idempotency-key-reused' },
    });
    expect(sent()).toBe(before);
    const other = { ...sampleOf('payment'), ...order() };
    expect(await hecto('payment', other, key)).toMatchObject({ status: 200 });
  });

  const burst = (count: number, body: object, key: string) =>
    Promise.all(Array.from({ length: count }, () => hecto('remittance', body, { 'idempotency-key': key })));

  test('R02 of a hundred at the same time one is sent, and all hear its answer', async () => {
    const [body, before] = [remit(), sent()];
    await system.fault('remittance', 'delay', { times: 1, delayMs: 300 });
    const answers = await burst(100, body, 'burst');
    for (const { status, answer } of answers) {
      expect({ status, answer }).toEqual({ status: 200, answer: answers[0]!.answer });
    }
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(sent()).toBe(before + 1);
  });

  test('R04 when Hecto takes long the others are told to come back', async () => {
    const [body, before] = [remit(), sent()];
    await system.fault('remittance', 'delay', { times: 1, delayMs: 6_000 });
    const answers = await burst(20, body, 'slow');
    const told = answers.filter(({ status }) => status === 409);
    expect(told[0]!.answer['code']).toBe('idempotency-key-in-flight');
    expect(told[0]!.headers.get('retry-after')).toBe('2');
    expect(told).toHaveLength(19);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(sent()).toBe(before + 1);
  });

  test('R05 a request that was not valid does not burn the key', async () => {
    const body = remit();
    const key = { 'idempotency-key': 'mended' };
    expect(await hecto('remittance', { ...body, trdAmt: 'x' }, key)).toMatchObject({ status: 422 });
    expect(await hecto('remittance', body, key)).toMatchObject({ status: 200 });
  });

  test('a lost answer is 502 hecto_unknown, again and again, and is never sent twice', async () => {
    const [body, before] = [remit(), sent()];
    await system.fault('remittance', 'reset-before-headers', { times: 1, works: true });
    const key = { 'idempotency-key': 'lost' };
    const first = await hecto('remittance', body, key);
    expect(first).toMatchObject({ status: 502, answer: { code: 'hecto_unknown', retryable: false } });
    const again = await hecto('remittance', body, key);
    expect(again).toMatchObject({ status: 502, answer: first.answer });
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(sent()).toBe(before + 1);
  });

  test('a key is required, and only for calls that must not happen twice', async () => {
    const none = { 'idempotency-key': '' };
    expect(await hecto('remittance', remit(), none)).toMatchObject({
      status: 400,
      answer: { code: 'idempotency-key-required' },
    });
    expect(await hecto('bankList', {}, none)).toMatchObject({ status: 200 });
  });

  test('when Hecto cannot be reached nothing was sent, and the key stays good', async () => {
    const away = await System.start();
    try {
      await away.testbed.close();
      const post = (key: string) =>
        fetch(`${away.url()}/v1/hecto/remittance`, {
          method: 'POST',
          headers: {
            authorization: 'Bearer sk_local_demo',
            'content-type': 'application/json',
            'idempotency-key': key,
          },
          body: JSON.stringify(remit()),
        });
      for (const key of ['same', 'same']) {
        const response = await post(key);
        expect(response.status).toBe(503);
        expect(response.headers.get('retry-after')).toBe('5');
        expect(await response.json()).toMatchObject({ code: 'hecto-unavailable', retryable: true });
      }
    } finally {
      await away.stop().catch(() => undefined);
    }
  });
});

test('R14 a key whose process went silent is answered hecto_unknown after a minute, and never sent again', async () => {
  const body = { ...sampleOf('remittance'), ...customer, ...account, ...order() };
  const before = system.calls('remittance');
  const key = { 'idempotency-key': 'crashed' };
  // The answer takes so long that, to everybody else, the first process is gone.
  await system.fault('remittance', 'delay', { times: 1, delayMs: 7_000 });
  const both = [hecto('remittance', body, key), hecto('remittance', body, key)];
  expect(await Promise.race(both)).toMatchObject({ status: 409 });
  system.pass(61);
  expect(await hecto('remittance', body, key)).toMatchObject({
    status: 502,
    answer: { code: 'hecto_unknown' },
  });
  expect((await hecto('remittance', body, key)).headers.get('idempotent-replayed')).toBe('true');
  await Promise.all(both);
  expect(system.calls('remittance')).toBe(before + 1);
  // The late answer of the first process changes nothing any more.
  expect(await hecto('remittance', body, key)).toMatchObject({ status: 502 });
});
