import type { Step } from '../../shared/api/state.ts';
import { depthOf } from '../flow/back.ts';

/**
 * Gives the browser's or phone's back button one entry for every step that one can go back from, the first included,
 * so that leaving is asked about. Nothing but how deep an entry lies is kept in it; after a reload that is known again.
 */
export function keepHistory(back: () => void) {
  const read = () => (history.state as { hecto?: number } | null)?.hecto ?? 0;
  let at = read();
  let depth = 0;
  const fill = () => {
    while (at < depth) history.pushState({ hecto: ++at }, '');
  };
  addEventListener('popstate', () => {
    // Where we were, on the left, against where we are now: going forward is nobody's business.
    if (at > (at = read())) back();
  });
  // Who stays after having been asked has pressed something: browsers skip entries that came without a press.
  addEventListener('click', fill);
  return {
    reach(step: Step): void {
      depth = depthOf(step);
      fill();
    },
    /** To where the customer came from. */
    leave: () => history.go(-1 - at),
  };
}
