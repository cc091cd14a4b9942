import { kstIso } from '../../../shared/values/kst.ts';
import { finding, type Finding } from './finding.ts';

/** Korean time stamps of calls, and the limits of sessions, bear this much and no more. */
const bearableMs = 60_000;

/** Whether our clock and another one agree. `aheadMs`: how far the other one is ahead. */
export function compareClocks(whose: 'hecto' | 'database', aheadMs: number, now: Date): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (Math.abs(aheadMs) <= bearableMs)
    return finding(`clock.${whose}-agrees`, { seconds, time: kstIso(now) });
  return finding(aheadMs < 0 ? `clock.ahead-of-${whose}` : `clock.behind-${whose}`, {
    seconds,
    time: kstIso(now),
  });
}
