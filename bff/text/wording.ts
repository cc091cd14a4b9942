import type { Instant, Locale, Refusal, Words } from '../../shared/api/state.ts';
import type { Bank } from '../../shared/api/widget.ts';
import { fill } from '../../shared/values/fill.ts';
import { phrases } from './phrases.ts';
import { refusalTexts } from './refusal-texts.ts';

const inBoth = (say: (locale: Locale) => string): Words => ({ ko: say('ko'), en: say('en') });

const day = { month: 'short', day: 'numeric' } as const;
const timeOfDay = { hour: '2-digit', minute: '2-digit' } as const;

/** A moment in Korean time, wherever we run and wherever the customer is. */
const koreanTime = (locale: Locale, moment: Instant | Date, shape: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Seoul', hourCycle: 'h23', ...shape }).format(
    new Date(moment),
  );

/** When something opens: the time of day, with the day in front unless it is today in Korea. */
function openingTime(locale: Locale, opensAt: Instant, now: Date): string {
  const isToday = koreanTime(locale, opensAt, day) === koreanTime(locale, now, day);
  return koreanTime(locale, opensAt, { ...(!isToday && day), ...timeOfDay });
}

/** Day and time of what is done: `2026년 11월 23일 10:00`. */
export const doneAt = (moment: Instant): Words =>
  inBoth((locale) => koreanTime(locale, moment, { year: 'numeric', ...day, ...timeOfDay }));

/** A refusal whole: what happened, when it is worth trying again, how many tries are left. */
export const refusalMessage = ({ code, opensAt, triesLeft }: Refusal, now: Date): Words =>
  inBoth((locale) =>
    [
      refusalTexts[code][locale],
      opensAt && fill(phrases.opensAt[locale], { time: openingTime(locale, opensAt, now) }),
      triesLeft && fill(phrases.triesLeft[locale], { count: triesLeft }),
    ]
      .filter(Boolean)
      .join(' '),
  );

/** Why a bank cannot be chosen now: a few words for its place in the list, and a sentence for who presses it. */
export function whyClosed(
  { name, maintenance }: Pick<Bank, 'name' | 'maintenance'>,
  now: Date,
): NonNullable<Bank['closed']> {
  if (!maintenance)
    return {
      badge: phrases.unusable,
      text: inBoth((locale) => fill(phrases.unusableText[locale], { bank: name[locale] })),
    };
  return {
    badge: inBoth((locale) => fill(phrases.maintenance[locale], maintenance)),
    text: inBoth((locale) => {
      const time = openingTime(locale, maintenance.opensAt, now);
      return fill(phrases.maintenanceText[locale], { bank: name[locale], time });
    }),
  };
}
