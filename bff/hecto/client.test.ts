import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { endpointNames, endpointOf } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { createHectoClient, type HectoCallEvent, type HectoClient, type HectoDeps } from './client.ts';
import { encrypt } from './cipher.ts';
import { InvalidAnswer, InvalidRequest, NotSent, Unknown } from './errors.ts';
import { httpServer, type HttpServer } from './test-server.ts';

const { keys } = golden;
const anyNumber: unknown = expect.any(Number);
const payment = { mchtTrdNo: 'O1', mchtCustId: 'cust-1', trdAmt: '1000', bankCd: '088' };
const arsCheck = { mchtCustId: 'cust-1', trdNo: 'T1' };
const accepted = { outStatCd: '0021', outRsltCd: '0000', outRsltMsg: '성공' };
const paid = { ...accepted, mchtTrdNo: 'O1', trdAmt: '1000', trdNo: 'T9' };

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function clientOf(url: string, more: Partial<HectoDeps> = {}): HectoClient {
  const client = createHectoClient({
    ...keys,
    baseUrl: url,
    merchantId: 'midtest',
    clock: () => new Date('2026-11-23T01:00:00Z'),
    timeouts: { connectMs: 5_000, totalMs: 10_000 },
    ...more,
  });
  open.push(() => client.close());
  return client;
}

/** A Hecto that answers every call like this. */
async function hectoAnswering(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
  more: Partial<HectoDeps> = {},
): Promise<{ hecto: HttpServer; client: HectoClient }> {
  const bytes = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
  const hecto = await httpServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', ...headers }).end(bytes);
  });
  open.push(() => hecto.close());
  return { hecto, client: clientOf(hecto.url, more) };
}

describe('a call', () => {
  test('is accepted with 0021: plain values in, the opened answer out, and the time that was sent', async () => {
    const { hecto, client } = await hectoAnswering({
      ...paid,
      mchtCustId: encrypt('cust-1', keys),
      added: 'later',
    });
    expect(await client.call('payment', payment)).toEqual({
      kind: 'accepted',
      answer: paid,
      sent: { date: '20261123', time: '100000' },
    });
    expect(hecto.received).toHaveLength(1);
    expect(hecto.received[0]?.path).toBe('/v1/api/pay/confirm');
    expect(JSON.parse(hecto.received[0]?.body ?? '')).toMatchObject({
      hdInfo: 'SPAY_RP0W_1.0',
      mchtId: 'midtest',
      mchtCustId: encrypt('cust-1', keys),
      reqDt: '20261123',
      reqTm: '100000',
    });
  });

  test('R26 R29 says the instant that was committed for it, not the one at which it leaves', async () => {
    const { hecto, client } = await hectoAnswering(paid);
    // A tenth of a second before the Korean new year; the clock says the 23rd of November.
    const at = new Date('2026-12-31T23:59:59.900+09:00');
    expect(await client.call('payment', payment, { at })).toMatchObject({
      sent: { date: '20261231', time: '235959' },
    });
    expect(JSON.parse(hecto.received[0]?.body ?? '')).toMatchObject({ reqDt: '20261231', reqTm: '235959' });
    const remittance = { ...examples.remittance, mchtTrdNo: 'O1' };
    await client.callUntyped('remittance', remittance, { at }).catch(() => undefined);
    expect(JSON.parse(hecto.received[1]?.body ?? '')).toMatchObject({ trdDt: '20261231', trdTm: '235959' });
  });

  test.each(endpointNames)('of %s reaches its own address', async (name) => {
    const { hecto, client } = await hectoAnswering({ outStatCd: '0031', outRsltCd: 'ST11' });
    expect(await client.callUntyped(name, examples[name])).toMatchObject({ kind: 'refused', code: 'ST11' });
    expect(hecto.received.map(({ path }) => path)).toEqual([endpointOf(name).path]);
  });

  test('S92 carries these headers and no other', async () => {
    const { hecto, client } = await hectoAnswering(paid);
    await client.call('payment', payment);
    const names = hecto.received[0]?.rawHeaders.filter((_, index) => index % 2 === 0);
    expect(names).toEqual(['host', 'connection', 'content-type', 'content-length']);
    expect(hecto.received[0]?.rawHeaders).toContain('application/json;charset=UTF-8');
  });

  test('goes to the address of the configuration, whatever path stands there', async () => {
    const { hecto } = await hectoAnswering(paid);
    await clientOf(`${hecto.url}/ignored?x=1`).call('payment', payment);
    expect(hecto.received[0]?.path).toBe('/v1/api/pay/confirm');
  });

  test('can say another hdInfo', async () => {
    const { hecto, client } = await hectoAnswering(paid, {}, { hdInfo: { payment: 'OTHER_1.0' } });
    await client.call('payment', payment);
    expect(JSON.parse(hecto.received[0]?.body ?? '')).toMatchObject({ hdInfo: 'OTHER_1.0' });
  });

  test('that breaks the contract is never sent', async () => {
    const { hecto, client } = await hectoAnswering(paid);
    const wrong = client.callUntyped('payment', { ...payment, trdAmt: 1000, pktHash: 'x' });
    await expect(wrong).rejects.toMatchObject({
      name: 'InvalidRequest',
      endpoint: 'payment',
      errors: [
        { field: 'trdAmt', message: 'must be a string' },
        { field: 'pktHash', message: 'is filled in by the BFF and must not be given' },
      ],
    });
    await expect(wrong).rejects.toBeInstanceOf(InvalidRequest);
    expect(hecto.received).toHaveLength(0);
  });

  test('S01 is impossible with keys of the wrong length', () => {
    expect(() => clientOf('http://127.0.0.1:1', { aesKey: 'short' })).toThrow('32 bytes');
  });
});

describe('what was refused', () => {
  test('is 0031 with a code', async () => {
    const { client } = await hectoAnswering({
      outStatCd: '0031',
      outRsltCd: 'ST12',
      outRsltMsg: '잔액부족',
      trdNo: 'T9',
    });
    expect(await client.call('payment', payment)).toMatchObject({
      kind: 'refused',
      code: 'ST12',
      status: '0031',
      answer: { trdNo: 'T9' },
    });
  });

  test.each(['0000', '0092'])('R30 is %s of an approval call, and of no other', async (outStatCd) => {
    const { client } = await hectoAnswering({ outStatCd, outRsltCd: outStatCd, retCd: '000' });
    expect(await client.call('arsCheck', arsCheck)).toMatchObject({
      kind: 'refused',
      status: outStatCd,
      answer: { retCd: '000' },
    });
    await expect(client.call('payment', payment)).rejects.toMatchObject({ reason: 'status' });
  });

  test.each(['21', '021', '00021', '0021 ', 'success', '', '0030'])(
    'H10 is not %j: any other status is unknown',
    async (outStatCd) => {
      const { client } = await hectoAnswering({ ...paid, outStatCd });
      await expect(client.call('payment', payment)).rejects.toMatchObject({ reason: 'status' });
    },
  );

  test('H13b is decided by the status alone: 0021 is accepted with any result code or none', async () => {
    for (const outRsltCd of ['ST00', 'ST12', undefined]) {
      const { client } = await hectoAnswering({ ...paid, outRsltCd });
      expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    }
  });

  test('needs a code: 0031 without one is unknown', async () => {
    const { client } = await hectoAnswering({ outStatCd: '0031' });
    await expect(client.call('payment', payment)).rejects.toBeInstanceOf(InvalidAnswer);
  });
});

describe('H6 an answer that repeats something else is unknown', () => {
  test.each([
    ['payment', payment, { mchtTrdNo: 'O2' }, 'mchtTrdNo'],
    ['payment', payment, { trdAmt: '1001' }, 'trdAmt'],
    ['payment', payment, { bankCd: '004' }, 'bankCd'],
    ['payment', payment, { mchtCustId: encrypt('cust-2', keys) }, 'mchtCustId'],
    ['arsCheck', arsCheck, { trdNo: 'T2' }, 'trdNo'],
  ] as const)('%s, given %j, answered with %j', async (name, request, echo, field) => {
    for (const outStatCd of ['0021', '0031']) {
      const { client } = await hectoAnswering({ ...accepted, outStatCd, retCd: '00', ...echo });
      const call = client.callUntyped(name, request);
      await expect(call).rejects.toBeInstanceOf(Unknown);
      await expect(call).rejects.toMatchObject({ reason: 'echo', field });
    }
  });

  test.each(['ST08', 'ST43'])('%s may tell the order number of the earlier registration', async (code) => {
    const before = { outStatCd: '0031', outRsltCd: code, mchtTrdNo: 'EARLIER', custAcntKey: 'key' };
    const register = async (answer: object) =>
      (await hectoAnswering(answer)).client.callUntyped('accountRegistration', examples.accountRegistration);
    expect(await register(before)).toMatchObject({ kind: 'refused', code, answer: { custAcntKey: 'key' } });
    for (const [field, answer] of [
      ['bankCd', { ...before, bankCd: '999' }],
      ['mchtTrdNo', { ...before, outRsltCd: 'ST18' }],
      ['mchtTrdNo', { ...before, outStatCd: '0021' }],
    ] as const)
      await expect(register(answer)).rejects.toMatchObject({ reason: 'echo', field });
  });

  test('a refund has a transaction number of its own', async () => {
    const { client } = await hectoAnswering({ ...accepted, trdNo: 'new', mchtTrdNo: 'O2' });
    const refund = { mchtTrdNo: 'O2', mchtCustId: 'cust-1', trdAmt: '1000', trdNo: 'T9' };
    expect(await client.call('paymentCancel', refund)).toMatchObject({
      kind: 'accepted',
      answer: { trdNo: 'new' },
    });
  });
});

describe('how an answer is read', () => {
  test.each(['text/plain;charset=UTF-8', 'text/html', 'application/octet-stream'])(
    'as JSON, called %s',
    async (type) => {
      const { client } = await hectoAnswering(paid, { headers: { 'content-type': type } });
      expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    },
  );

  test('with a byte order mark too', async () => {
    const { client } = await hectoAnswering(`\ufeff${JSON.stringify(paid)}`);
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
  });

  const korean = Buffer.from(JSON.stringify({ ...paid, outRsltMsg: '성공' }));
  test.each([
    ['nothing', ''],
    ['a page', '<html>점검중</html>'],
    ['half an answer', JSON.stringify(paid).slice(0, -5)],
    ['two answers in one', JSON.stringify(paid) + JSON.stringify(paid)],
    ['a list', [paid]],
    ['null', 'null'],
    ['a text', '"0021"'],
    [
      'EUC-KR bytes',
      Buffer.concat([
        Buffer.from('{"outStatCd":"0021","outRsltMsg":"'),
        Buffer.from('bcbab0f8', 'hex'),
        Buffer.from('"}'),
      ]),
    ],
    [
      'UTF-8 cut inside a syllable',
      Buffer.concat([korean.subarray(0, korean.indexOf(Buffer.from('성')) + 2), Buffer.from('"}')]),
    ],
    ['UTF-16', Buffer.from(JSON.stringify(paid), 'utf16le')],
    ['no status', { outRsltCd: '0000' }],
    ['a number for a status', { outStatCd: 21 }],
    ['deep JSON', '['.repeat(100_000)],
  ])('R22 %s is an unknown outcome', async (_, body) => {
    const { client } = await hectoAnswering(body);
    const call = client.call('payment', payment);
    await expect(call).rejects.toBeInstanceOf(InvalidAnswer);
    await expect(call).rejects.toBeInstanceOf(Unknown);
    await expect(call).rejects.toMatchObject({ endpoint: 'payment', reason: 'unreadable' });
  });

  test('S88 a name that cannot be decrypted is absent', async () => {
    const { client } = await hectoAnswering({ ...accepted, mchtCustNm: '홍길동' });
    const outcome = await client.callUntyped('accountHolderNameInquiry', examples.accountHolderNameInquiry);
    expect(outcome.answer).toEqual(accepted);
  });

  test.each([301, 302, 303, 307, 308])('S90 a %i is not followed', async (status) => {
    const elsewhere = await hectoAnswering(paid);
    const { hecto, client } = await hectoAnswering('', {
      status,
      headers: { location: elsewhere.hecto.url },
    });
    await expect(client.call('payment', payment)).rejects.toMatchObject({
      reason: 'http-status',
      httpStatus: status,
    });
    expect(hecto.received).toHaveLength(1);
    expect(elsewhere.hecto.received).toHaveLength(0);
  });

  test.each([400, 404, 429, 500, 502, 503, 504])(
    'a %i is an unknown outcome, whatever its body claims',
    async (status) => {
      for (const body of [paid, { outStatCd: '0031', outRsltCd: 'ST12' }]) {
        const { hecto, client } = await hectoAnswering(body, { status });
        await expect(client.call('payment', payment)).rejects.toMatchObject({
          reason: 'http-status',
          httpStatus: status,
        });
        expect(hecto.received).toHaveLength(1);
      }
    },
  );

  test('another 2xx counts like 200', async () => {
    const { client } = await hectoAnswering(paid, { status: 201 });
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
  });
});

describe('S84 what is logged', () => {
  const canaries = [
    'cust-canary',
    '01098765432',
    '홍카나',
    '900101',
    '110999888777',
    'OID-canary',
    '775533',
    'MSG-canary',
  ];
  const personal = {
    mchtCustId: 'cust-canary',
    mchtTrdNo: 'OID-canary',
    mchtCustNm: '홍카나',
    cphoneNo: '01098765432',
    authNo: '775533',
    custAcntNo: '110999888777',
    bankCd: '088',
  };

  async function eventsOf(body: unknown, options = {}, request: Record<string, unknown> = personal) {
    const events: HectoCallEvent[] = [];
    const { hecto, client } = await hectoAnswering(body, options, { log: (event) => events.push(event) });
    const result: unknown = await client.callUntyped('arsRequest', request).catch((error: unknown) => error);
    return { events, result, sent: hecto.received[0]?.body };
  }

  test('is endpoint, codes, duration and kind of outcome', async () => {
    const { events } = await eventsOf({ ...accepted, outRsltMsg: 'MSG-canary', trdNo: 'T1' });
    expect(events).toEqual([
      {
        endpoint: 'arsRequest',
        kind: 'accepted',
        durationMs: anyNumber,
        httpStatus: 200,
        outStatCd: '0021',
        outRsltCd: '0000',
      },
    ]);
  });

  test.each([
    ['accepted', accepted, {}],
    ['refused', { outStatCd: '0031', outRsltCd: 'ST28', outRsltMsg: 'MSG-canary 홍카나' }, {}],
    ['unknown', { outStatCd: '0031', outRsltMsg: 'MSG-canary' }, {}],
    ['unknown', 'MSG-canary 홍카나 01098765432', {}],
    ['unknown', { ...accepted, mchtTrdNo: 'MSG-canary' }, {}],
    ['unknown', accepted, { status: 500 }],
  ])('never holds a value when a call is %s, and neither does its error', async (kind, body, options) => {
    const { events, result, sent } = await eventsOf(body, options);
    expect(events.map((event) => event.kind)).toEqual([kind]);
    const told = JSON.stringify(events) + (result instanceof Error ? inspect(result, { depth: 9 }) : '');
    for (const canary of canaries) expect(told).not.toContain(canary);
    for (const value of Object.values(JSON.parse(sent ?? '{}') as Record<string, string>).filter(
      ({ length }) => length > 12,
    ))
      expect(told).not.toContain(value);
  });

  test('never holds a value of a request that was not even sent', async () => {
    const { events, result } = await eventsOf(
      accepted,
      {},
      { ...personal, cphoneNo: '010-9876-5432&', pmtPwd: '775533' },
    );
    expect(events.map(({ kind }) => kind)).toEqual(['invalid-request']);
    const told = JSON.stringify(events) + inspect(result, { depth: 9 });
    for (const canary of [...canaries, '9876-5432']) expect(told).not.toContain(canary);
  });

  test('S85 codes that are none do not reach the log', async () => {
    const { events } = await eventsOf({ outStatCd: '0031', outRsltCd: 'ST01\n{"fake":"line"}' });
    expect(events[0]).toMatchObject({ kind: 'refused', outStatCd: '0031', outRsltCd: '?' });
  });

  test('is "not-sent" when nobody listens', async () => {
    const events: HectoCallEvent[] = [];
    const gone = await httpServer(() => {});
    await gone.close();
    const client = clientOf(gone.url, { log: (event) => events.push(event) });
    await expect(client.call('payment', payment)).rejects.toBeInstanceOf(NotSent);
    expect(events).toEqual([
      { endpoint: 'payment', kind: 'not-sent', reason: 'unreachable', durationMs: anyNumber },
    ]);
  });
});
