import { instantOfKst, kstDay, kstStamp } from '../values/kst.ts';
import { holidays } from './holidays.ts';
import { maintenance, unadvisedHours, type Hours, type Regular, type Weekday } from './maintenance.ts';

/** A closed spell: Korean times for the customer and the instant at which the bank is really open again. */
export type Maintenance = { readonly from: string; readonly to: string; readonly opensAt: Date };

type Interval = { start: number; end: number };

const minute = 60_000;
const dayLength = 24 * 60 * minute;
const weekdays: readonly Weekday[] = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * Whether a bank is closed at an instant, and until when. Windows that overlap or touch count as one, so
 * that `opensAt` is never the beginning of the next window. At the very minute a window ends the bank is open.
 * A bank without printed windows follows Hecto's advice for all (R28).
 */
export function maintenanceAt(bankCode: string, at: Date): Maintenance | undefined {
  const now = at.getTime();
  const spell = merge(closedAround(bankCode, at)).find(({ start, end }) => start <= now && now < end);
  if (!spell) return undefined;
  return { from: clock(spell.start), to: clock(spell.end), opensAt: new Date(spell.end) };
}

/** Every closed window of the days around `at`; two each way, for spells across midnight. */
function closedAround(bankCode: string, at: Date): Interval[] {
  const rules = rulesOf(bankCode);
  return [-2, -1, 0, 1, 2].flatMap((distance) => {
    const day = kstDay(new Date(at.getTime() + distance * dayLength));
    return rules
      .filter((rule) => fallsOn(rule, day))
      .flatMap(({ hours }) => hours.map((on) => interval(on, day)));
  });
}

function rulesOf(bankCode: string): readonly Regular[] {
  const entry = Object.hasOwn(maintenance, bankCode) ? maintenance[bankCode] : undefined;
  if (!entry) return [{ every: 'day', hours: [unadvisedHours] }];
  const regular = entry.regular.filter(({ intermittent }) => !intermittent);
  return [{ every: 'day', hours: [entry.bank, entry.hecto] }, ...regular];
}

function fallsOn(rule: Regular, day: string): boolean {
  if (rule.every === 'day') return true;
  if (!rule.holidayShift) return isPrintedDay(rule, day);
  if (!isBusinessDay(day)) return false;
  // On the printed day itself, or on a business day that only days off separate from it.
  let printed = day;
  while (!isPrintedDay(rule, printed)) {
    printed = dayBefore(printed);
    if (isBusinessDay(printed)) return false;
  }
  return true;
}

function isPrintedDay({ every, nth }: Regular, day: string): boolean {
  if (weekdays[weekdayOf(day)] !== every) return false;
  return nth === undefined || Math.ceil(Number(day.slice(6)) / 7) === nth;
}

// Noon is far from every edge of the day; in UTC it is 03:00 of the same day.
const noon = (day: string) => instantOfKst(day, '12:00');
const weekdayOf = (day: string) => noon(day).getUTCDay();
const dayBefore = (day: string) => kstDay(new Date(noon(day).getTime() - dayLength));
/** Neither a weekend nor a public holiday (yyyyMMdd). */
export const isBusinessDay = (day: string): boolean =>
  ![0, 6].includes(weekdayOf(day)) && !holidays.days.has(day);

function interval(hours: Hours, day: string): Interval {
  const [from = '', to = ''] = hours.split('-');
  const start = instantOfKst(day, from).getTime();
  const end = instantOfKst(day, to).getTime();
  return { start, end: end > start ? end : end + dayLength };
}

function merge(intervals: Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) last.end = Math.max(last.end, next.end);
    else merged.push({ ...next });
  }
  return merged;
}

function clock(instant: number): string {
  const { time } = kstStamp(new Date(instant));
  return `${time.slice(0, 2)}:${time.slice(2, 4)}`;
}
