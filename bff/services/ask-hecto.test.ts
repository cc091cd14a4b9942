import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { endpointNames, endpointOf, type EndpointName } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { createHectoClient, type HectoClient, type HectoDeps } from '../hecto/client.ts';
import { defaultResilience } from '../hecto/lanes.ts';
import { httpServer, type HttpServer } from '../hecto/test-server.ts';
import { askHecto } from './ask-hecto.ts';

type Fault = 'reset' | '500' | '429' | 'no JSON' | 'closed for an hour' | 'closed for a second';

let hecto: HttpServer;
let fault: Fault;
beforeAll(async () => {
  hecto = await httpServer((_, response, raw) => {
    switch (fault) {
      case 'reset':
        raw.socket.resetAndDestroy();
        break;
      case '500':
      case '429':
        response.writeHead(Number(fault)).end();
        break;
      case 'no JSON':
        response.end('<html>점검중</html>');
        break;
      case 'closed for an hour':
        response.writeHead(503, { 'retry-after': '3600' }).end();
        break;
      case 'closed for a second':
        response.writeHead(503, { 'retry-after': '1' }).end();
        break;
    }
  });
});
afterAll(() => hecto.close());
beforeEach(() => void hecto.received.splice(0));

const clients: HectoClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});
function clientOf(more: Partial<HectoDeps> = {}): HectoClient {
  const client = createHectoClient({
    ...golden.keys,
    baseUrl: hecto.url,
    merchantId: 'midtest',
    clock: () => new Date(),
    ...more,
  });
  clients.push(client);
  return client;
}
const ask = (client: HectoClient, name: EndpointName) => askHecto(client, name, examples[name] as never);

/** How often Hecto got each of the 32, each from a client of its own: no breaker has a say here. */
async function tries(): Promise<Record<string, number>> {
  const replies = await Promise.all(endpointNames.map((name) => ask(clientOf(), name)));
  expect(new Set(replies.map(({ kind }) => kind))).toEqual(new Set(['unknown']));
  const of = (name: EndpointName) =>
    hecto.received.filter(({ path }) => path === endpointOf(name).path).length;
  return Object.fromEntries(endpointNames.map((name) => [name, of(name)]));
}
const each = (count: (name: EndpointName) => number) =>
  Object.fromEntries(endpointNames.map((name) => [name, count(name)]));
const isQuestion = (name: EndpointName) => endpointOf(name).effect === 'read';

describe('R22 as Hecto sees it', () => {
  test.each(['reset', '500', '429', 'no JSON'] as const)(
    'after %j a question comes once more, anything else never again',
    async (what) => {
      fault = what;
      expect(await tries()).toEqual(each((name) => (isQuestion(name) ? 2 : 1)));
    },
  );

  test('what sends a message, calls a phone, checks a password or moves money is no question', () => {
    for (const name of [
      ...(['mobileVerificationRequest', 'arsRequest', 'arsRecordRequest', 'paymentPasswordConfirm'] as const),
      ...(['payment', 'paymentCancel', 'remittance', 'recurringPaymentApproval'] as const),
      ...(['accountRegistration', 'merchantAccountRegistration', 'accountCancellation'] as const),
      ...(['mobileVerificationCheck', 'ownershipVerificationRequest'] as const),
    ])
      expect({ name, question: isQuestion(name) }).toEqual({ name, question: false });
  });

  test('a wait that Hecto asks for is kept, or nothing comes again where it is too long', async () => {
    fault = 'closed for an hour';
    expect(await tries()).toEqual(each(() => 1));
    hecto.received.splice(0);
    fault = 'closed for a second';
    const begun = performance.now();
    await ask(clientOf(), 'bankList');
    expect(performance.now() - begun).toBeGreaterThan(990);
    expect(hecto.received).toHaveLength(2);
  });

  test('the second tries of many that were lost together do not arrive together', async () => {
    fault = '500';
    const begun = performance.now();
    const ends = await Promise.all(
      Array.from({ length: 8 }, async () => {
        await ask(clientOf(), 'bankList');
        return performance.now() - begun;
      }),
    );
    expect(Math.min(...ends)).toBeGreaterThan(100);
    expect(Math.max(...ends) - Math.min(...ends)).toBeGreaterThan(20);
  });
});

describe('R22 what was not sent', () => {
  /** How often one question asks for a try, counted where the client tells of it. */
  async function triesOf(client: HectoClient): Promise<number> {
    const count = () => client.stats().outcomes.bankList?.['not-sent'] ?? 0;
    const before = count();
    expect(await ask(client, 'bankList')).toEqual({ kind: 'not-sent' });
    return count() - before;
  }

  test('because nobody was there is tried once more, at once', async () => {
    const gone = await httpServer(() => {});
    await gone.close();
    const client = clientOf({ baseUrl: gone.url });
    expect(await triesOf(client)).toBe(2);
  });

  test('because Hecto is left in peace is not tried again', async () => {
    fault = '500';
    const client = clientOf();
    await Promise.all(Array.from({ length: 20 }, () => client.call('bankList', {}).catch(() => undefined)));
    expect(client.admits('bankList')).toMatchObject({ admitted: false });
    expect(await triesOf(client)).toBe(1);
    expect(hecto.received).toHaveLength(20);
  });

  test('because too many wait, or we are closing, is not tried again', async () => {
    const inquiry = { sockets: 0, queued: 0 };
    const client = clientOf({ resilience: { lanes: { ...defaultResilience.lanes, inquiry } } });
    expect(await triesOf(client)).toBe(1);
    await client.close();
    expect(await triesOf(client)).toBe(1);
    expect(hecto.received).toHaveLength(0);
  });
});
