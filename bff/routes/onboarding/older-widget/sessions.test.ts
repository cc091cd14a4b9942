import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System } from '../../../services/testing/start-system.ts';
import { bff, freshToken, opened, OlderProblem, phaseOf, shop, shows, type Place } from './older-widget.ts';

/*
 * R40 Where the widget of version 1.0.0 runs and how it keeps its session: in the frame, on the hosted page and in the
 * merchant's page; long polls; what it makes of a session that is taken over, lost or at its end; commands out of step.
 */
let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

/** The problem that the widget gets; an answer without one fails the test. */
async function problemOf(answer: Promise<unknown>): Promise<{ status: number; code: unknown }> {
  const problem = await answer.then(
    (answered) => expect.fail(`no problem: ${JSON.stringify(answered)}`),
    (error: unknown) => error,
  );
  if (!(problem instanceof OlderProblem)) throw problem;
  return { status: problem.status, code: problem.code };
}

describe('R40 the widget of version 1.0.0 runs', () => {
  test.each<Place>(['frame', 'hosted', 'inline'])('in its place: %s', async (place) => {
    const widget = await opened(system, { flow: { paymentPassword: 'auto' } }, { place });
    shows(await widget.look(), 'terms');
    await widget.reaches('password');
    shows(await widget.types('482913'), 'password');
    shows(await widget.types('482913'), 'done');
  });

  test('in the frame and on the hosted page under the addresses it knows', async () => {
    const frame = await fetch(`${system.url()}/widget/1/frame?origin=${encodeURIComponent(shop)}`);
    expect(frame.status).toBe(200);
    expect(frame.headers.get('content-security-policy')).toContain(`frame-ancestors ${shop}`);
    const widget = await opened(system, {}, { place: 'hosted' });
    expect((await fetch(`${system.url()}/onboarding/${widget.state.id}`)).status).toBe(200);
  });

  test("in the merchant's page only after the browser asked whether it may", async () => {
    for (const [method, path] of [
      ['POST', '/sessions'],
      ['GET', '/session'],
    ] as const) {
      const answer = await fetch(`${system.url()}/widget-api/v1${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: shop,
          'access-control-request-method': method,
          'access-control-request-headers': 'authorization,content-type',
        },
      });
      expect(answer.ok).toBe(true);
      expect(answer.headers.get('access-control-allow-origin')).toBe(shop);
      expect(answer.headers.get('access-control-allow-methods')).toContain(method);
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization, content-type/i);
    }
  });

  test('on the hosted page after a reload, by its cookie, which no script can read', async () => {
    const widget = await opened(system, {}, { place: 'hosted' });
    await widget.reaches('account');
    expect(widget.headers('GET')).not.toHaveProperty('authorization');
    expect(widget.headers('GET')['cookie']).toMatch(/^hecto-onboarding=st_/);
    shows(await widget.look(), 'account');
    expect(widget.headers('POST')['origin']).toBe(bff);
  });
});

describe('R40 the long poll of version 1.0.0', () => {
  test('ends as soon as the state has changed, long before its 25 seconds', async () => {
    const widget = await opened(system);
    await widget.reaches('ars');
    await widget.does('ars-calls');
    const { version } = widget.state;
    const begun = performance.now();
    const next = widget.nextState();
    await widget.handset.declineCall();
    expect(shows(await next, 'ars').version).toBeGreaterThan(version);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test('comes back at once where the widget has missed a change', async () => {
    const widget = await opened(system);
    const before = widget.state;
    await widget.agree();
    widget.state = before;
    const begun = performance.now();
    shows(await widget.nextState(), 'identity');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('R40 the session of version 1.0.0', () => {
  test('is taken over by another window, and taken back with a fresh token', async () => {
    const widget = await opened(system);
    await widget.reaches('account');
    const other = await opened(system, { customerId: widget.handset.id });
    expect(await problemOf(widget.chooseAccount())).toEqual({ status: 401, code: 'session-taken-over' });
    expect(await problemOf(widget.look())).toEqual({ status: 401, code: 'session-taken-over' });
    // Of this window's session there is none any more; the merchant gives one of the session that goes on.
    shows(await widget.exchange(await freshToken(other)), 'terms');
    expect(await problemOf(other.look())).toEqual({ status: 401, code: 'session-taken-over' });
  });

  test('goes on where it was when the same session is opened again', async () => {
    const widget = await opened(system);
    await widget.reaches('account');
    shows(await widget.exchange(await freshToken(widget)), 'account');
    shows(await widget.chooseAccount(), 'ars');
  });

  test('is not authorized without a token the BFF knows, and asks for another', async () => {
    const widget = await opened(system);
    await widget.agree();
    const token = await freshToken(widget);
    const lost = randomBytes(24).toString('base64url');
    // Whatever the code is, but for this one the widget asks the merchant for a fresh token.
    const { status, code } = await problemOf(widget.exchange(`ct_${lost}`));
    expect(status).toBe(401);
    expect(code).not.toBe('session-taken-over');
    expect((await problemOf(widget.look())).status).toBe(401);
    shows(await widget.exchange(token), 'identity');
    // Used up, as after an answer that got lost on the way.
    expect(await problemOf(widget.exchange(token))).toMatchObject({ status: 401 });
  });

  test('ends at the moment that was told, with a last screen and no problem', async () => {
    const alone = await System.start();
    try {
      const widget = await opened(alone, { returnUrl: 'http://localhost:4000/' });
      await widget.reaches('account');
      const { sessionEndsAt, now } = widget.state;
      alone.pass((Date.parse(String(sessionEndsAt)) - Date.parse(now)) / 1000 + 1.5);
      // A command that comes too late is out of step; then the widget looks.
      expect(await problemOf(widget.chooseAccount())).toMatchObject({ status: 409 });
      const expired = shows(await widget.look(), 'expired');
      expect(expired).toMatchObject({ returnUrl: 'http://localhost:4000/' });
      expect(expired).not.toHaveProperty('refusal');
    } finally {
      await alone.stop();
    }
  });
});

describe('R40 a command of version 1.0.0 that is out of step', () => {
  test('is a 409 after which the widget looks how things stand', async () => {
    const widget = await opened(system);
    await widget.reaches('account');
    const before = widget.state;
    for (const [path, body] of [
      ['code', { code: '000000' }],
      ['resend', {}],
      ['ars-calls', {}],
    ] as const)
      expect(await problemOf(widget.does(path, body))).toMatchObject({ status: 409 });
    expect(shows(await widget.look(), 'account').version).toBe(before.version);
  });

  test('is a press on a pad that was used already: 409, and no try is lost', async () => {
    const widget = await opened(system);
    await system.control('/passwords', { customerId: widget.handset.id, password: '482913' });
    await widget.reaches('password');
    const pressed = await widget.sealed(await widget.keypad('enter'), '280519');
    await widget.does('password', pressed);
    expect(await problemOf(widget.does('password', pressed))).toMatchObject({ status: 409 });
    expect(shows(await widget.look(), 'password')).toMatchObject({ triesLeft: 4 });
    shows(await widget.types('482913'), 'done');
  });

  test('is giving up while the account is being registered: it goes on', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'skip' } });
    await widget.reaches('ars');
    await system.fault('accountRegistration', 'lost-answer');
    await widget.does('ars-calls');
    await widget.answersCall();
    await widget.waitsFor((state) => phaseOf(state) === 'confirming');
    expect(await problemOf(widget.does('cancel'))).toMatchObject({ status: 409 });
    shows(await widget.look(), 'ars');
    system.pass(36);
    shows(await widget.waitsFor(({ step }) => step === 'done'), 'done');
  });
});
