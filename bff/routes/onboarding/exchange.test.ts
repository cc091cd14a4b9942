import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { widgetApi, widgetRoutes } from '../../../shared/api/widget.ts';
import { System } from '../../services/testing/start-system.ts';

const shop = 'http://localhost:4000';
const own = 'http://localhost:4010';
let system: System;
beforeAll(async () => {
  system = await System.start({ allowedOrigins: [shop, 'https://second.example.com'] });
});
afterAll(() => system.stop());

type Body = {
  code?: string;
  sessionToken?: string;
  state?: { id: string; step: string; sessionEndsAt: string };
};
async function widget(method: string, path: string, headers: Record<string, string> = {}, body?: unknown) {
  const response = await fetch(system.url() + widgetApi + path, {
    method,
    headers: {
      origin: shop,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Body,
  };
}
async function clientToken(customerId = `exchange-${Math.random()}`, origin = shop) {
  const { body } = await system.merchant('POST', '/v1/onboarding-sessions', { customerId, origin });
  return { id: String(body['id']), token: String(body['clientToken']), customerId };
}
const exchange = (token: string, headers: Record<string, string> = {}, transport = 'bearer') =>
  widget('POST', '/sessions', headers, { clientToken: token, transport });
const bearer = ({ body }: { body: Body }) => ({ authorization: `Bearer ${body.sessionToken}` });
const look = (headers: Record<string, string>) => widget('GET', '/session', headers);

describe('S10 a client token', () => {
  test('is exchanged once for a session token and the state', async () => {
    const { id, token } = await clientToken();
    const exchanged = await exchange(token);
    expect(exchanged).toMatchObject({ status: 200, body: { state: { id, step: 'terms' } } });
    expect(exchanged.body.sessionToken).toMatch(/^st_[A-Za-z0-9_-]{43}$/);
    expect(await look(bearer(exchanged))).toMatchObject({ status: 200, body: { state: { id } } });
    expect(await exchange(token)).toMatchObject({ status: 401, body: { code: 'client-token-invalid' } });
    expect(system.log.join('')).toContain('client-token-refused');
  });

  test('is no good from another origin, and stays good for the right one', async () => {
    const { token } = await clientToken();
    expect(await exchange(token, { origin: 'https://second.example.com' })).toMatchObject({
      status: 401,
      body: { code: 'client-token-invalid' },
    });
    expect((await exchange(token, { origin: own })).status).toBe(200);
  });

  test('is no good when it is unknown or ten minutes old', async () => {
    const { token } = await clientToken();
    expect(await exchange('ct_0123456789abcdef0123456789')).toMatchObject({
      body: { code: 'client-token-invalid' },
    });
    system.pass(599);
    const { token: other } = await clientToken();
    system.pass(2);
    expect(await exchange(token)).toMatchObject({ body: { code: 'client-token-invalid' } });
    expect((await exchange(other)).status).toBe(200);
  });

  test('opens one window when two come at once', async () => {
    const { token } = await clientToken();
    const answers = await Promise.all([exchange(token), exchange(token), exchange(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test('is no session token, and a merchant key is neither', async () => {
    const { token } = await clientToken();
    for (const wrong of [token, 'sk_local_demo', '', 'x'.repeat(500)]) {
      expect(await look({ authorization: `Bearer ${wrong}` })).toMatchObject({
        status: 401,
        body: { code: 'session-invalid' },
      });
    }
    expect(await look({})).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
  });
});

describe('S11 S16 the newest wins', () => {
  test('an older window of the session is told that it goes on elsewhere', async () => {
    const first = await clientToken();
    const old = bearer(await exchange(first.token));
    const { body } = await system.merchant('POST', `/v1/onboarding-sessions/${first.id}/client-tokens`, {});
    const next = bearer(await exchange(String(body['clientToken'])));
    expect(await look(old)).toMatchObject({ status: 401, body: { code: 'session-taken-over' } });
    expect((await look(next)).status).toBe(200);
  });

  test('an older session of the customer too', async () => {
    const first = await clientToken();
    const old = bearer(await exchange(first.token));
    await exchange((await clientToken(first.customerId)).token);
    expect(await look(old)).toMatchObject({ status: 401, body: { code: 'session-taken-over' } });
  });
});

describe('S12 time', () => {
  test('the idle end comes ten minutes after the last request, to the second', async () => {
    const session = bearer(await exchange((await clientToken()).token));
    system.pass(598);
    expect((await look(session)).body.state?.step).toBe('terms');
    system.pass(598);
    expect((await look(session)).body.state?.step).toBe('terms');
    system.pass(601);
    expect((await look(session)).body.state?.step).toBe('expired');
  });

  test('the absolute end comes after thirty minutes whatever happens', async () => {
    const session = bearer(await exchange((await clientToken()).token));
    for (let minutes = 0; minutes < 27; minutes += 9) {
      system.pass(540);
      expect((await look(session)).body.state?.step).toBe('terms');
    }
    system.pass(181);
    expect((await look(session)).body.state?.step).toBe('expired');
  });
});

describe('S20 S23 where a request comes from', () => {
  const evil = [
    'https://evil-shop.kr',
    `${shop}.evil.com`,
    'null',
    'http://localhost:4001',
    'HTTP://LOCALHOST:4000',
    `${shop}.`,
    'https://localhost:4000',
    `${shop}/`,
  ];

  test.each(evil)('S22 %s may do nothing and is told nothing', async (origin) => {
    const session = bearer(await exchange((await clientToken()).token));
    for (const answer of [
      await look({ ...session, origin }),
      await widget('OPTIONS', '/session', { origin, 'access-control-request-method': 'GET' }),
      await widget('POST', '/session/cancel', { ...session, origin }, {}),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'origin-not-allowed' } });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('vary')).toContain('Origin');
    }
    expect((await look(session)).body.state?.step).toBe('terms');
  });

  test('S22 a listed origin gets its own name back, without credentials, also with an error', async () => {
    const preflight = await widget('OPTIONS', '/session/consents', {
      'access-control-request-method': 'POST',
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type');
    for (const answer of [preflight, await look({})]) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  test('another listed origin cannot use the session, our own page can', async () => {
    const session = bearer(await exchange((await clientToken()).token));
    expect(await look({ ...session, origin: 'https://second.example.com' })).toMatchObject({ status: 403 });
    expect((await look({ ...session, origin: own })).status).toBe(200);
  });

  test('a POST without an origin, or a GET from another site, is refused', async () => {
    const session = bearer(await exchange((await clientToken()).token));
    const without = (method: string, headers: Record<string, string>) =>
      fetch(`${system.url()}${widgetApi}/session${method === 'POST' ? '/cancel' : ''}`, {
        method,
        headers: { ...session, 'content-type': 'application/json', ...headers },
        ...(method === 'POST' && { body: '{}' }),
      }).then(({ status }) => status);
    expect(await without('POST', {})).toBe(403);
    expect(await without('GET', { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await without('GET', { 'sec-fetch-site': 'same-origin' })).toBe(200);
  });
});

describe('S17 S20 the hosted page uses a cookie', () => {
  const cookieOf = (headers: Headers) => headers.get('set-cookie') ?? '';

  test('HttpOnly and SameSite=Strict, with no token in the body', async () => {
    const exchanged = await exchange((await clientToken()).token, { origin: own }, 'cookie');
    expect(exchanged.status).toBe(200);
    expect(exchanged.body.sessionToken).toBeUndefined();
    expect(cookieOf(exchanged.headers)).toMatch(
      /^hecto-onboarding=st_[\w-]{43}; Max-Age=1800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
  });

  test('over https it is bound to the host and Secure', async () => {
    const https = await System.start({ publicUrl: 'https://bff.example.com' });
    const created = await https.merchant('POST', '/v1/onboarding-sessions', {
      customerId: 'c',
      surface: 'hosted',
    });
    expect(created.body['hostedUrl']).toBe(
      `https://bff.example.com/onboarding/${String(created.body['id'])}#${String(created.body['clientToken'])}`,
    );
    const response = await fetch(`${https.url()}${widgetApi}/sessions`, {
      method: 'POST',
      headers: { origin: 'https://bff.example.com', 'content-type': 'application/json' },
      body: JSON.stringify({ clientToken: created.body['clientToken'], transport: 'cookie' }),
    });
    expect(cookieOf(response.headers)).toMatch(
      /^__Host-hecto-onboarding=.+Path=\/;.+HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(cookieOf(response.headers)).not.toMatch(/domain/i);
    await https.stop();
  });

  test('which other origins cannot ask for, and which works with its header only', async () => {
    expect(await exchange((await clientToken()).token, {}, 'cookie')).toMatchObject({ status: 403 });
    const exchanged = await exchange((await clientToken()).token, { origin: own }, 'cookie');
    const cookie = cookieOf(exchanged.headers).split(';')[0]!;
    const guard = { 'x-hecto-onboarding': '1' };
    expect((await look({ origin: own, cookie, ...guard })).status).toBe(200);
    expect(await look({ origin: shop, cookie, ...guard })).toMatchObject({ status: 403 });
    expect(await look({ origin: own, cookie, ...guard, authorization: 'Bearer st_x' })).toMatchObject({
      status: 400,
      body: { code: 'malformed-request' },
    });
    for (const [name, [method, path]] of Object.entries(widgetRoutes)) {
      if (name === 'exchange') continue;
      const answer = await widget(method, path, { origin: own, cookie }, method === 'POST' ? {} : undefined);
      expect({ name, ...answer }).toMatchObject({ name, status: 401, body: { code: 'unauthorized' } });
    }
  });
});
