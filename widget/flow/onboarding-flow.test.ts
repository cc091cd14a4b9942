import { passAppOf } from '../../shared/values/pass-apps.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReactiveControllerHost } from 'lit';
import type { ProblemCode } from '../../shared/api/problems.ts';
import type { State, StepView } from '../../shared/api/state.ts';
import { createBffClient, type JourneyCommand } from '../bff/client.ts';
import { backOffMs } from './back-off.ts';
import type { ClientTokenSource } from '../host/client-token.ts';
import { OnboardingFlow } from './onboarding-flow.ts';

/** The network's edge: answers by route, in the order given; a route that has run out repeats its last answer. */
type Answer =
  { state: State } | { problem: ProblemCode; status: number } | 'lost' | Promise<{ state: State }>;
let answers: Record<string, Answer[]>;
let asked: { route: string; authorization: string | null }[];

const at = (version: number, view: StepView, more: Partial<State> = {}): { state: State } => ({
  state: {
    id: 'obs_1',
    version,
    locale: 'ko',
    merchant: { name: '데모 상점' },
    now: new Date(Date.now()).toISOString(),
    sessionEndsAt: new Date(Date.now() + 600_000).toISOString(),
    known: {},
    ...more,
    ...view,
  },
});
const terms = at(1, { step: 'terms' });
const account = at(5, { step: 'account' });
const calling = (version: number) =>
  at(version, {
    step: 'ars',
    ars: { phase: 'calling', digits: '37', callEndsAt: account.state.sessionEndsAt },
    callsLeft: 2,
    nextCallAt: account.state.now,
  });
const done = at(9, {
  step: 'done',
  account: { bankCode: '004', bankName: { ko: '국민', en: 'KB' }, maskedNumber: '****1234' },
  alreadyRegistered: false,
  completedAt: account.state.now,
  completedText: { ko: '지금', en: 'now' },
});

beforeEach(() => {
  answers = {};
  asked = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(url);
    const route = `${init.method} ${pathname.replace('/widget-api/v1', '')}${searchParams.has('wait') ? '?wait' : ''}`;
    asked.push({ route, authorization: new Headers(init.headers).get('Authorization') });
    const queue = answers[route] ?? [];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (!answer || answer === 'lost') {
      if (answer) throw new TypeError('Failed to fetch');
      return new Promise((_resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    }
    const settled = await answer;
    if (init.signal?.aborted) throw new DOMException('aborted', 'AbortError');
    return 'problem' in settled
      ? Response.json({ code: settled.problem }, { status: settled.status })
      : Response.json({ ...settled, sessionToken: `token-${asked.length}` });
  });
});
const running: OnboardingFlow[] = [];
afterEach(() => {
  for (const flow of running.splice(0)) flow.hostDisconnected();
  vi.unstubAllGlobals();
});

const host: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

async function started(first: { state: State }, token: ClientTokenSource = () => Promise.resolve('ct_1')) {
  answers['POST /sessions'] = [first];
  const flow = new OnboardingFlow(host, createBffClient({ bffOrigin: 'https://bff.example' }), token);
  running.push(flow);
  flow.hostConnected();
  await expect.poll(() => flow.view.at !== 'starting' && !flow.busy).toBe(true);
  return flow;
}
const stepOf = ({ view }: OnboardingFlow) => (view.at === 'journey' ? view.state.step : view.at);
const routes = () => asked.map(({ route }) => route);

describe('commands', () => {
  test('one at a time: a second press while the first is on its way is ignored', async () => {
    const flow = await started(terms);
    answers['POST /session/consents'] = [at(2, { step: 'identity' })];
    await Promise.all([flow.run({ type: 'consents', items: [] }), flow.run({ type: 'consents', items: [] })]);
    expect(routes().filter((route) => route.endsWith('consents'))).toHaveLength(1);
    expect(stepOf(flow)).toBe('identity');
  });

  test('carry the session token in the header and nowhere else', async () => {
    const flow = await started(terms);
    answers['POST /session/consents'] = [at(2, { step: 'identity' })];
    await flow.run({ type: 'consents', items: [] });
    expect(asked.map(({ authorization }) => authorization)).toEqual([null, 'Bearer token-1']);
  });

  test('when the answer is lost the server is asked, and what it did is shown', async () => {
    const flow = await started(account);
    answers['POST /session/account'] = ['lost'];
    answers['GET /session'] = [at(6, { step: 'password', phase: 'set', triesLeft: 5 })];
    await flow.run({ type: 'account', bankCode: '004', accountNumber: '12345678901' });
    expect([stepOf(flow), flow.failed, flow.busy]).toEqual(['password', false, false]);
  });

  test('that never arrived are told, and nothing is sent again by itself', async () => {
    const flow = await started(account);
    answers['POST /session/account'] = ['lost'];
    answers['GET /session'] = [account];
    await flow.run({ type: 'account', bankCode: '004', accountNumber: '12345678901' });
    expect([stepOf(flow), flow.failed]).toEqual(['account', true]);
    expect(routes().filter((route) => route.endsWith('account'))).toHaveLength(1);
  });

  test.each<JourneyCommand>([{ type: 'code', code: '123456' }, { type: 'pass' }])(
    'S11 when the answer with a new token is lost, the same command again brings another: $type',
    async (command) => {
      const flow = await started(at(4, { step: 'terms' }));
      const route = `POST /session/${command.type}`;
      answers[route] = ['lost', account];
      answers['GET /session'] = [{ problem: 'session-invalid', status: 401 }];
      await flow.run(command);
      expect([stepOf(flow), flow.failed]).toEqual(['account', false]);
      expect(routes()).toEqual(['POST /sessions', route, 'GET /session', route]);
      answers['POST /session/account'] = [account];
      await flow.run({ type: 'account', bankCode: '004', accountNumber: '12345678901' });
      expect(asked.map(({ authorization }) => authorization)).toEqual([
        null,
        ...Array<string>(3).fill('Bearer token-1'),
        'Bearer token-4',
      ]);
    },
  );

  test('S11 that somebody else answered elsewhere are sent no third time', async () => {
    const flow = await started(account, (why) => Promise.resolve(why === 'start' ? 'ct_1' : undefined));
    answers['POST /session/account'] = ['lost', { problem: 'session-taken-over', status: 401 }];
    answers['GET /session'] = [{ problem: 'session-taken-over', status: 401 }];
    await flow.run({ type: 'account', bankCode: '004', accountNumber: '12345678901' });
    expect(flow.view).toEqual({ at: 'stopped', why: 'taken-over' });
    expect(routes().filter((route) => route.endsWith('account'))).toHaveLength(2);
  });

  test('out of step: the screen follows the server and calls it no failure', async () => {
    const flow = await started(terms);
    answers['POST /session/consents'] = [{ problem: 'wrong-step', status: 409 }];
    answers['GET /session'] = [account];
    await flow.run({ type: 'consents', items: [] });
    expect([stepOf(flow), flow.failed]).toEqual(['account', false]);
  });
});

describe('waiting', () => {
  test('while the phone rings the next state is waited for, and what comes is shown', async () => {
    answers['GET /session?wait'] = [calling(6), done];
    const flow = await started(calling(6));
    await expect.poll(() => stepOf(flow)).toBe('done');
    expect(routes()).not.toContain('GET /session');
  });

  test('an answer that comes after its step has gone changes nothing', async () => {
    let answerLate: (answer: { state: State }) => void = () => {};
    answers['GET /session?wait'] = [new Promise((resolve) => (answerLate = resolve))];
    const flow = await started(calling(6));
    await expect.poll(routes).toContain('GET /session?wait');
    answers['POST /session/back'] = [at(8, { step: 'account' })];
    await flow.run({ type: 'back', to: 'account' });
    answerLate(calling(7));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stepOf(flow)).toBe('account');
  });

  test('coming back from another app asks at once', async () => {
    const flow = await started(calling(6));
    await expect.poll(() => routes().filter((route) => route === 'GET /session?wait')).toHaveLength(1);
    answers['GET /session?wait'] = [done];
    dispatchEvent(new Event('pageshow'));
    await expect.poll(() => stepOf(flow)).toBe('done');
  });

  describe('while the customer is in the PASS app', () => {
    const inPass = (version: number, seconds = 300) => {
      const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
      return at(version, { step: 'pass', app: passAppOf('kt'), expiresAt, resendAt: expiresAt });
    };
    const checks = () => routes().filter((route) => route === 'POST /session/pass').length;

    test('asks every ten seconds, without being busy, until PASS is done', async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      try {
        answers['POST /session/pass'] = [inPass(4), inPass(6), account];
        const flow = await started(inPass(3));
        await vi.advanceTimersByTimeAsync(9000);
        expect(checks()).toBe(0);
        await vi.advanceTimersByTimeAsync(2000);
        expect([checks(), flow.busy]).toEqual([1, false]);
        answers['POST /session/pass'] = [{ state: { ...account.state, version: 8 } }];
        await vi.advanceTimersByTimeAsync(11_000);
        await expect.poll(() => stepOf(flow)).toBe('account');
      } finally {
        vi.useRealTimers();
      }
    });

    test.each(['visibilitychange', 'focus', 'pageshow'])('asks at once on %s', async (event) => {
      const flow = await started(inPass(3));
      expect(checks()).toBe(0);
      answers['POST /session/pass'] = [account];
      dispatchEvent(new Event(event));
      await expect.poll(() => stepOf(flow)).toBe('account');
      expect(checks()).toBe(1);
    });

    test('leaves a request alone whose time is over', async () => {
      const over = inPass(3, -1);
      answers['GET /session'] = [over];
      await started(over);
      dispatchEvent(new Event('focus'));
      await expect.poll(() => routes().filter((route) => route === 'GET /session')).toHaveLength(1);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(checks()).toBe(0);
      expect(routes().filter((route) => route === 'GET /session')).toHaveLength(1);
    });

    test('a session that is over meanwhile is noticed on coming back, without another ten seconds', async () => {
      const flow = await started(inPass(3));
      answers['POST /session/pass'] = [{ problem: 'wrong-step', status: 409 }];
      answers['GET /session'] = [at(4, { step: 'expired' })];
      dispatchEvent(new Event('focus'));
      await expect.poll(() => stepOf(flow), { timeout: 3000 }).toBe('expired');
    });
  });

  test('A03 warns a minute before the session ends, once and in time; any answer takes the warning back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const flow = await started(terms);
      await vi.advanceTimersByTimeAsync(539_000);
      expect(flow.endsSoon).toBe(false);
      await vi.advanceTimersByTimeAsync(2_000);
      expect(flow.endsSoon).toBe(true);
      answers['GET /session'] = [at(1, { step: 'terms' }), at(2, { step: 'expired' })];
      await flow.refresh();
      expect(flow.endsSoon).toBe(false);
      await vi.advanceTimersByTimeAsync(602_000);
      await expect.poll(() => [stepOf(flow), flow.endsSoon]).toEqual(['expired', false]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a code whose time is over is no session whose time is over: the server is left in peace', async () => {
    const past = new Date(Date.now() - 60_000).toISOString();
    const code = at(3, { step: 'code', expiresAt: past, resendAt: past, triesLeft: 5, sendsLeft: 4 });
    answers['GET /session'] = [code];
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await started(code);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(routes().filter((route) => route === 'GET /session').length).toBeLessThanOrEqual(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test('stops asking when the element leaves', async () => {
    const flow = await started(calling(6));
    await expect.poll(routes).toContain('GET /session?wait');
    flow.hostDisconnected();
    const before = asked.length;
    dispatchEvent(new Event('focus'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toHaveLength(before);
  });

  test('tries again ever more slowly, at most every 15 seconds or so', () => {
    const waits = [1, 2, 3, 4, 5, 9].map((failures) => backOffMs(failures, () => 0.5));
    expect(waits).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });
});

describe('sessions', () => {
  test('a lost session is taken up again with a new token, where the customer was', async () => {
    const reasons: string[] = [];
    const flow = await started(terms, (why) => {
      reasons.push(why);
      return Promise.resolve(`ct_${why}`);
    });
    answers['POST /session/consents'] = [{ problem: 'session-invalid', status: 401 }];
    answers['POST /sessions'] = [account];
    await flow.run({ type: 'consents', items: [] });
    expect([stepOf(flow), reasons]).toEqual(['account', ['start', 'session-lost']]);
  });

  test('taken over elsewhere: stops here, and can be brought back', async () => {
    const flow = await started(terms);
    answers['POST /session/consents'] = [{ problem: 'session-taken-over', status: 401 }];
    await flow.run({ type: 'consents', items: [] });
    expect(flow.view).toEqual({ at: 'stopped', why: 'taken-over' });
    answers['POST /sessions'] = [account];
    await flow.restart('taken-over');
    expect(stepOf(flow)).toBe('account');
  });

  test('taken over elsewhere and no new token to be had: ends here, and does not offer it again', async () => {
    const flow = await started(terms, (why) => Promise.resolve(why === 'start' ? 'ct_1' : undefined));
    answers['POST /session/consents'] = [{ problem: 'session-taken-over', status: 401 }];
    answers['GET /session'] = [{ problem: 'session-taken-over', status: 401 }];
    await flow.run({ type: 'consents', items: [] });
    await flow.restart('taken-over');
    expect(flow.view).toEqual({ at: 'stopped', why: 'not-authorized' });
  });

  test('a client token that is used up stops with a reason', async () => {
    answers['POST /sessions'] = [{ problem: 'client-token-invalid', status: 401 }];
    answers['GET /session'] = [{ problem: 'session-invalid', status: 401 }];
    const flow = new OnboardingFlow(host, createBffClient({ bffOrigin: 'https://bff.example' }), (why) =>
      Promise.resolve(why === 'start' ? 'ct_used' : undefined),
    );
    running.push(flow);
    flow.hostConnected();
    await expect.poll(() => flow.view).toEqual({ at: 'stopped', why: 'not-authorized' });
  });

  describe('W3 what was asked before the app was there', () => {
    const begun = (admission: Promise<Response | undefined>) => {
      const client = createBffClient({ bffOrigin: 'https://bff.example' });
      const flow = new OnboardingFlow(host, client, () => Promise.resolve('ct_2'), admission);
      running.push(flow);
      flow.hostConnected();
      return flow;
    };

    test('is the first answer, its token is used from then on, and nothing is asked twice', async () => {
      const flow = begun(Promise.resolve(Response.json({ ...terms, sessionToken: 'token-early' })));
      await expect.poll(() => stepOf(flow)).toBe('terms');
      answers['POST /session/consents'] = [at(2, { step: 'identity' })];
      await flow.run({ type: 'consents', items: [] });
      expect(asked).toEqual([{ route: 'POST /session/consents', authorization: 'Bearer token-early' }]);
    });

    test('and got no answer is asked again by the app', async () => {
      answers['POST /sessions'] = [terms];
      const flow = begun(Promise.resolve(undefined));
      await expect.poll(() => stepOf(flow)).toBe('terms');
      expect(routes()).toEqual(['POST /sessions']);
    });

    test('and was refused, a used token, leads to another token', async () => {
      answers['POST /sessions'] = [terms];
      const flow = begun(Promise.resolve(Response.json({ code: 'client-token-invalid' }, { status: 401 })));
      await expect.poll(() => stepOf(flow)).toBe('terms');
      expect(routes()).toEqual(['POST /sessions']);
    });

    test('and is answered after the app has gone away changes nothing', async () => {
      let answered: (response: Response) => void = () => undefined;
      const flow = begun(new Promise((settle) => (answered = settle)));
      flow.hostDisconnected();
      answered(Response.json(terms));
      await new Promise((wait) => setTimeout(wait, 50));
      expect(stepOf(flow)).toBe('starting');
    });
  });

  test('countdowns follow the clock of the server', async () => {
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    const flow = await started(at(1, { step: 'terms' }, { now: ahead }));
    expect(Math.abs(flow.data.now() - Date.parse(ahead))).toBeLessThan(2000);
  });

  test('offline is noticed, and back online the server is asked', async () => {
    const flow = await started(account);
    dispatchEvent(new Event('offline'));
    expect(flow.online).toBe(false);
    answers['GET /session'] = [at(7, { step: 'password', phase: 'set', triesLeft: 5 })];
    dispatchEvent(new Event('online'));
    await expect.poll(() => [flow.online, stepOf(flow)]).toEqual([true, 'password']);
  });
});
