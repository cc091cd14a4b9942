import type { RefusalCode } from '../../../shared/api/refusals.ts';
import type { EndpointName, RequestOf } from '../../../shared/hecto/endpoints.ts';
import type { HectoClient } from '../../hecto/client.ts';
import { Problem } from '../../http/problem.ts';
import { askHectoChecked, lostOrOpen, problemIn } from '../accepted-by-hecto.ts';

type Ending<N extends EndpointName, R> = {
  readonly call: N;
  readonly request: (resource: R) => RequestOf<N>;
  /** Reads the resource from Hecto; undefined when there is none. */
  readonly look: () => Promise<R | undefined>;
  readonly isOver: (resource: R) => boolean;
  /** The resource as it is after its end, where Hecto does not show that yet. */
  readonly over: (resource: R) => R;
  /** Hecto's way to say that it ended before. */
  readonly endedBefore: RefusalCode;
};

/**
 * Ends something that can end only once. What is over already is answered as it is; a lost answer is looked up and
 * nothing is sent a second time. Throws `not-found`, and `hecto_unknown` when the end does not show.
 */
export async function endAtHecto<N extends EndpointName, R>(
  hecto: HectoClient,
  { call, request, look, isOver, over, endedBefore }: Ending<N, R>,
): Promise<R> {
  const before = await look();
  if (before === undefined) throw new Problem('not-found');
  if (isOver(before)) return before;

  const reply = await askHectoChecked(hecto, call, request(before));
  const ended = reply.kind === 'accepted' || (reply.kind === 'refused' && reply.meaning.code === endedBefore);
  const open = reply.kind === 'unknown' || (reply.kind === 'refused' && !reply.meaning.terminal);
  if (!ended && !open) throw problemIn(call, reply);

  const after = await look().catch(ifLost);
  if (after !== undefined && isOver(after)) return after;
  if (ended) return over(after ?? before);
  throw lostOrOpen(call, reply);
}

function ifLost(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error;
}
