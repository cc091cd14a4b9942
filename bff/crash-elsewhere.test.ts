import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Place } from './services/testing/crash/messages.ts';
import { Scene } from './services/testing/crash/scene.ts';
import type { Customer } from './services/testing/start-system.ts';

const timeout = 60_000;

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene.close());

describe('R14 an account that a customer registers', () => {
  /** Hecto's side of it, and what the merchant's server was told. */
  async function outcome({ id, sessionId }: Customer) {
    await scene.witness.delivered();
    const { testbed } = scene.processes;
    const calls = testbed.requests
      .of('accountRegistration')
      .filter(({ fields }) => fields['mchtCustId'] === id);
    const events = [...scene.witness.arrivals(sessionId).values()].map(([body]) => {
      const { type, data } = JSON.parse(body!) as {
        type: string;
        data: { account?: { accountKey?: string } };
      };
      return { type, hasKey: data.account?.accountKey !== undefined };
    });
    const { rows } = await scene.witness.sql.query<{ state: string }>(
      'SELECT state FROM registrations WHERE session_id = $1 ORDER BY created_at',
      [sessionId],
    );
    return {
      asked: calls.length,
      done: testbed.state.registrations.of(id).length,
      states: rows.map(({ state }) => state),
      events,
    };
  }

  const completed = {
    asked: 1,
    done: 1,
    states: ['registered'],
    events: [{ type: 'onboarding.completed', hasKey: true }],
  };

  async function called(): Promise<Customer> {
    const customer = await scene.processes.customer();
    await customer.reaches('ars');
    await customer.requestCall();
    return customer;
  }

  /** The widget asks again and again; time goes by. */
  async function until(customer: Customer, fits: (state: Customer['state']) => boolean): Promise<void> {
    const deadline = performance.now() + 30_000;
    while (!fits(await customer.look())) {
      if (performance.now() > deadline) throw new Error(`still ${JSON.stringify(customer.state)}`);
      await scene.processes.pass(15);
      await sleep(200);
    }
  }
  const isDone = ({ step }: Customer['state']) => step === 'done';

  test('is registered once, and the merchant hears of it: without a crash', async () => {
    const customer = await called();
    await customer.answerCall();
    await customer.waits('done');
    expect(await outcome(customer)).toEqual(completed);
  });

  test.each<Place>(['registration.created', 'registration.answered', 'registration.recorded'])(
    'is so after kill -9 at %s',
    async (place) => {
      const customer = await called();
      await scene.processes.crashAt(place);
      await customer.answerCall();
      await scene.processes.restartAfterCrash();
      await until(customer, isDone);
      expect(await outcome(customer)).toEqual(completed);
    },
    timeout,
  );

  test.each(['Hecto works on it', 'Hecto has answered and nobody has read it'])(
    'is so after kill -9 when %s',
    async (moment) => {
      const { processes } = scene;
      const customer = await called();
      await processes.control('/faults', { endpoint: 'accountRegistration', kind: 'delay', delayMs: 300 });
      await customer.answerCall();
      const received = () =>
        processes.testbed.requests
          .of('accountRegistration')
          .find(({ fields }) => fields['mchtCustId'] === customer.id);
      while (!received()) await sleep(5);
      if (moment !== 'Hecto works on it') {
        processes.process().kill('SIGSTOP');
        while (received()!.outcome === 'under way') await sleep(5);
        await sleep(20);
      }
      processes.process().kill('SIGKILL');
      await processes.restartAfterCrash();
      await until(customer, isDone);
      expect(await outcome(customer)).toEqual(completed);
    },
    timeout,
  );

  test(
    'needs another call after kill -9 at registration.submitted: whether a byte left is not to be known',
    async () => {
      const customer = await called();
      await scene.processes.crashAt('registration.submitted');
      await customer.answerCall();
      await scene.processes.restartAfterCrash();
      await until(customer, (state) => state.step === 'ars' && state.ars.phase === 'ready');
      expect(customer.state.refusal?.code).toBe('registration-not-made');
      expect(await outcome(customer)).toMatchObject({ asked: 0, done: 0, events: [] });

      await customer.requestCall();
      await customer.answerCall();
      await until(customer, isDone);
      expect(await outcome(customer)).toEqual({ ...completed, states: ['failed', 'registered'] });
    },
    timeout,
  );
});

describe('R16 an event reaches the merchant, with one id,', () => {
  const times: Partial<Record<Place, number>> = {
    'webhook.claimed': 1,
    'webhook.sent': 2,
    'webhook.recorded': 1,
  };

  test.each(Object.entries(times))(
    'after kill -9 at %s; it arrives %s time(s)',
    async (place, arrivals) => {
      const deed = await scene.prepare('payment');
      await scene.processes.crashAt(place as Place);
      expect((await scene.ask(deed)).status).toBe(201);
      await scene.processes.restartAfterCrash();
      const { events, view } = await scene.witness.outcome(deed);
      expect({ events, status: view['status'] }).toMatchObject({
        events: [{ type: 'payment.succeeded' }],
        status: 'succeeded',
      });
      const { id } = (await scene.witness.intent(deed))!;
      const [bodies, ...others] = [...scene.witness.arrivals(id).values()];
      expect(others).toEqual([]);
      expect(bodies).toHaveLength(arrivals);
    },
    timeout,
  );

  test(
    'after kill -9 when the merchant has it and has not answered',
    async () => {
      const { processes, witness } = scene;
      const deed = await scene.prepare('payment');
      const answer = processes.receiver.answer;
      processes.receiver.answer = () => {
        processes.receiver.answer = answer;
        processes.process().kill('SIGKILL');
      };
      expect((await scene.ask(deed)).status).toBe(201);
      await processes.restartAfterCrash();
      const { events } = await witness.outcome(deed);
      expect(events).toMatchObject([{ type: 'payment.succeeded' }]);
      const { id } = (await witness.intent(deed))!;
      expect([...witness.arrivals(id).values()].map((bodies) => bodies.length)).toEqual([2]);
    },
    timeout,
  );
});

describe('R14 a change of DATA_KEYS', () => {
  test(
    'that is killed after the first of the two keys is finished by the next start; nothing becomes unreadable',
    async () => {
      const { processes, merchant, witness } = scene;
      const deed = await scene.prepare('payment');
      expect((await scene.ask(deed)).status).toBe(201);
      const { id } = (await witness.intent(deed))!;
      const before = await merchant.get(`/v1/payments/${id}`);
      const wrappers = async () =>
        (
          await witness.sql.query<{ by: string }>(
            'SELECT wrapped_by AS by FROM vault_keys ORDER BY purpose DESC',
          )
        ).rows.map(({ by }) => by);

      await processes.kill();
      const old = processes.env['DATA_KEYS']!;
      const fresh = `next:${randomBytes(32).toString('base64')}`;
      const both = { DATA_KEYS: `${fresh},${old}` };
      await processes.startInstance(0, { env: both, crashAt: 'rotation.first-key-wrapped' });
      expect(await wrappers()).toEqual(['next', 'next', 'test']);

      await processes.startInstance(0, { env: both });
      expect(await wrappers()).toEqual(['next', 'next', 'next']);
      await processes.kill();
      await processes.startInstance(0, { env: { DATA_KEYS: fresh } });
      expect((await merchant.get(`/v1/payments/${id}`)).body).toEqual(before.body);
      // The same request is still the same: the blind indexes have not changed either.
      expect((await scene.ask(deed)).body['id']).toBe(id);
      await scene.booksAreRight();
    },
    timeout,
  );
});
