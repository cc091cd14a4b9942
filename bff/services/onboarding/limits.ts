import { nextKstMidnight } from '../../../shared/values/kst.ts';
import type { Limit } from '../../store/store.ts';

/** Approval calls for one proof of the phone (S64). */
export const callsPerPhoneCheck = 3;
/** Tries for one texted code (S60), and wrong passwords in a row before the lock (S66). */
export const triesPerCode = 5;
export const triesPerPassword = 5;

const minute = 60_000;
const hour = 60 * minute;

type Rule = {
  readonly max: number;
  /** From the first try on; `kst-day` ends at Korean midnight, `ever` by a reset only. */
  readonly over: number | 'kst-day' | 'ever';
};

/** Every counter of the journey. They live in the database and hold for all instances (S61, S62). */
const rules = {
  'messages-per-phone': { max: 5, over: 'kst-day' },
  'messages-per-customer': { max: 10, over: 'kst-day' },
  'messages-per-address': { max: 10, over: hour },
  'messages-per-network': { max: 50, over: hour },
  // Somebody tries out whose phone it is. Short, for the phone's owner must not be locked out by others (S62).
  'refusals-per-phone': { max: 5, over: 10 * minute },
  'code-tries': { max: triesPerCode, over: hour },
  // Tries without a verdict are given back. These two count them all the same, or a fault would open every door.
  'code-asks': { max: 15, over: hour },
  'password-asks': { max: 20, over: hour },
  // Asking whether PASS is finished guesses nothing; this only stops a loop.
  'pass-checks': { max: 120, over: hour },
  'account-seen': { max: 1, over: 'kst-day' },
  'accounts-per-customer': { max: 3, over: 'kst-day' },
  'account-failures': { max: 5, over: 'kst-day' },
  'calls-per-phone': { max: 5, over: 'kst-day' },
  'password-tries': { max: triesPerPassword, over: 'ever' },
} as const satisfies Record<string, Rule>;

/** One counter for the store of attempts. `max` replaces the table's where the operator chooses it. */
export function limit(
  scope: keyof typeof rules,
  key: string,
  now: Date,
  max: number = rules[scope].max,
): Limit {
  const { over }: Rule = rules[scope];
  if (over === 'kst-day') return { scope, key, max, endsAt: nextKstMidnight(now) };
  return {
    scope,
    key,
    max,
    endsAt: over === 'ever' ? new Date('9999-12-31') : new Date(now.getTime() + over),
  };
}
