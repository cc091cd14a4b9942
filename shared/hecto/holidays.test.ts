import { expect, test } from 'vitest';
import { isRealDay } from '../values/kst.ts';
import { holidays } from './holidays.ts';

test('holidays are real weekdays inside the period the table speaks for', () => {
  expect(holidays.days.size).toBe(48);
  for (const day of holidays.days) {
    expect(isRealDay(day)).toBe(true);
    expect(day >= holidays.from && day <= holidays.to).toBe(true);
    const weekday = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`).getUTCDay();
    expect([1, 2, 3, 4, 5], day).toContain(weekday);
  }
});
