import { createHash } from 'node:crypto';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import type { JourneyDeps } from './journey-deps.ts';
import {
  dueAt,
  fresh,
  isLegal,
  ways,
  type Command,
  type Journey,
  type JourneyAt,
  type StepOf,
} from './journey.ts';
import { hasExpired } from './public-state.ts';

/** Longer than any call of Hecto's: a claim that is older belongs to a process that died. */
const claimMs = 40_000;
const pollMs = 5_000;

/** What a command works on: the session while nobody else changes it. */
export type Turn<C extends Command> = { readonly session: Session; readonly journey: JourneyAt<StepOf<C>> };

export type TakeTurn = <C extends Command>(
  session: Session,
  command: C,
  input: unknown,
  work: (turn: Turn<C>) => Promise<Journey> | Journey,
) => Promise<Session>;

type Deps = Pick<JourneyDeps, 'config' | 'store' | 'clock'> & Partial<Pick<JourneyDeps, 'log'>>;

/**
 * Runs one command of a session at a time, on any number of instances. The command claims the session by
 * compare-and-swap before it does anything, so two equal commands cause one call to Hecto: the second waits
 * and answers what the first brought about. A different command waits and then has its own turn.
 * Throws `wrong-step` when the table of moves does not allow the command.
 */
export function createTakeTurn({ store, clock, config, log }: Deps): TakeTurn {
  const reload = async (id: string) => {
    const session = await store.sessions.read(id);
    if (!session) throw new Problem('session-invalid');
    return session;
  };

  const otherTurn = (session: Session) => {
    const { claim } = session.journey;
    return claim && clock() < new Date(claim.until) ? claim.key : undefined;
  };

  async function waitForOther(session: Session): Promise<Session> {
    const started = performance.now();
    let current = session;
    while (otherTurn(current) !== undefined && otherTurn(current) === otherTurn(session)) {
      if (performance.now() - started > claimMs) throw new Problem('conflict');
      const changed = await store.sessions.waitForChange(current.id, current.version, pollMs);
      current = changed ?? (await reload(current.id));
    }
    return current;
  }

  return async function takeTurn(session, command, input, work) {
    const key = createHash('sha256')
      .update(JSON.stringify([session.id, command, input]))
      .digest('base64url');
    let current = session;
    for (;;) {
      const other = otherTurn(current);
      if (other !== undefined) {
        current = await waitForOther(current);
        if (other === key) return current;
        continue;
      }
      if (!isLegal(current.journey, command) || hasExpired(current, config, clock())) {
        log?.event('security', { what: 'out-of-order', sessionId: session.id });
        throw new Problem('wrong-step');
      }
      const until = new Date(clock().getTime() + claimMs).toISOString();
      const claimed = await store.sessions.save(current, { ...current.journey, claim: { key, until } });
      current = claimed ?? (await reload(current.id));
      if (claimed) break;
    }
    const journey = fresh(current.journey);
    try {
      // isLegal has just proved that the step is one of the command's.
      const next = await work({ session: current, journey: journey as JourneyAt<StepOf<typeof command>> });
      if (!ways(journey.step, command)?.includes(next.step))
        throw new Error(`${command} led to ${next.step}`);
      const saved = await store.sessions.save(current, next, { dueAt: dueAt(next) });
      if (saved) log?.event('journey.moved', moved(session.id, journey, next));
      return saved ?? (await reload(current.id));
    } catch (error) {
      const { claim: _, ...unclaimed } = current.journey;
      await store.sessions.save(current, unclaimed);
      throw error;
    }
  };
}

const moved = (sessionId: string, from: Journey, to: Journey) => ({
  sessionId,
  from: from.step,
  to: to.step,
  refusal: to.refusal?.code,
});
