import type { Instant, Locale, State } from '../../shared/api/state.ts';
import { fill } from '../text/fill.ts';
import type { Text } from '../text/text.ts';

/** Korean time of day, `HH:mm`: banks keep Korean hours wherever the customer's device is. */
export const koreanTime = (instant: Instant): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', timeStyle: 'short' }).format(new Date(instant));

/** Korean day and time in the customer's language. */
export const koreanDayAndTime = (instant: Instant, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Seoul', dateStyle: 'long', timeStyle: 'short' }).format(
    new Date(instant),
  );

type Reader = { readonly state: Pick<State, 'refusal'>; readonly text: Text; readonly locale: Locale };

/** What to tell about the last refusal: what happened, when it is worth trying again, how many tries are left. */
export function refusalText({ state: { refusal }, text, locale }: Reader): string {
  if (!refusal) return '';
  const { opensAt, triesLeft } = refusal;
  return [
    refusal.text[locale],
    opensAt && fill(text.common.opensAt, { time: koreanTime(opensAt) }),
    triesLeft && fill(text.common.triesLeft, { count: triesLeft }),
  ]
    .filter(Boolean)
    .join(' ');
}
