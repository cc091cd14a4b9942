import { describe, expect, test } from 'vitest';
import { instantOfKst } from '../values/kst.ts';
import { banks, bankOf } from './banks.ts';
import { holidays } from './holidays.ts';
import { maintenance } from './maintenance.ts';
import { maintenanceAt } from './opening-hours.ts';

const minute = 60_000;
const at = (when: string) => instantOfKst(when.slice(0, 10).replaceAll('-', ''), when.slice(11));

/**
 * The expectation for a closed spell, on both edges and a minute around them. `from` and `to` are written
 * `2026-11-25 23:30`, Korean time, worked out by hand from the printed table.
 */
function expectClosed(bank: string, from: string, to: string) {
  const [start, end] = [at(from).getTime(), at(to).getTime()];
  const spell = { from: from.slice(11), to: to.slice(11), opensAt: new Date(end) };
  expect(maintenanceAt(bank, new Date(start - minute)), `${bank} a minute before`).toBeUndefined();
  expect(maintenanceAt(bank, new Date(start - 1)), `${bank} just before`).toBeUndefined();
  for (const inside of [start, start + minute, (start + end) / 2, end - minute, end - 1])
    expect(maintenanceAt(bank, new Date(inside)), `${bank} inside`).toEqual(spell);
  expect(maintenanceAt(bank, new Date(end)), `${bank} at the end`).toBeUndefined();
  expect(maintenanceAt(bank, new Date(end + minute)), `${bank} a minute after`).toBeUndefined();
}

const expectOpen = (bank: string, when: string) =>
  expect(maintenanceAt(bank, at(when)), `${bank} at ${when}`).toBeUndefined();

/** The night of an ordinary Wednesday: union of the bank's own window and of Hecto's. */
const nightly: Record<string, [from: string, to: string]> = {
  '002': ['23:30', '00:30'],
  '003': ['23:50', '00:30'],
  '004': ['23:50', '00:30'],
  '007': ['23:30', '00:30'],
  '011': ['23:50', '00:30'],
  '012': ['23:30', '01:00'],
  '020': ['23:50', '00:30'],
  '023': ['23:30', '00:30'],
  '027': ['23:40', '04:30'],
  '031': ['23:40', '00:30'],
  '032': ['23:30', '00:30'],
  '034': ['23:40', '00:30'],
  '035': ['23:40', '00:30'],
  '037': ['23:50', '00:30'],
  '039': ['23:40', '00:30'],
  '045': ['23:30', '00:30'],
  '048': ['23:40', '00:30'],
  '050': ['23:50', '00:35'],
  '064': ['23:50', '01:00'],
  '071': ['23:40', '00:30'],
  '081': ['23:40', '00:30'],
  '088': ['23:40', '00:30'],
  '089': ['23:50', '00:12'],
  '090': ['23:50', '00:10'],
  '092': ['23:55', '00:05'],
  '103': ['23:55', '00:10'],
  '209': ['23:50', '00:10'],
  '238': ['23:30', '00:20'],
  '240': ['23:30', '00:10'],
  '243': ['23:40', '00:10'],
  '247': ['23:50', '00:15'],
  '266': ['23:30', '00:30'],
  '267': ['23:55', '00:25'],
  '278': ['23:25', '00:15'],
  '280': ['23:30', '00:35'],
  '287': ['23:50', '00:20'],
};

describe('R28 every night', () => {
  test('each bank is in the table', () => {
    expect(banks.map(({ code }) => code)).toEqual(Object.keys(nightly).toSorted());
    expect(Object.keys(maintenance).filter((code) => !bankOf(code))).toEqual([]);
    expect(bankOf('099')).toBeUndefined();
  });

  test.each(Object.entries(nightly))(
    'bank %s is closed %s and neither a minute longer nor shorter',
    (bank, [from, to]) => {
      expectClosed(bank, `2026-11-25 ${from}`, `2026-11-26 ${to}`);
      expectClosed(bank, `2026-12-31 ${from}`, `2027-01-01 ${to}`);
      expectClosed(bank, `2028-02-28 ${from}`, `2028-02-29 ${to}`);
    },
  );

  test.each(Object.keys(nightly))('bank %s is open in the daytime', (bank) => {
    for (const hour of ['09:00', '12:00', '15:00', '18:00', '23:00']) expectOpen(bank, `2026-11-23 ${hour}`);
  });

  test('a bank we have no hours of follows the advice for all, 01:00 to 23:30', () => {
    expectClosed('999', '2026-11-25 23:30', '2026-11-26 01:00');
    expectClosed('__proto__', '2026-11-25 23:30', '2026-11-26 01:00');
  });
});

describe('R28 on some days', () => {
  // November 2026 begins on a Sunday: the second is the 8th, the third the 15th; the second Saturday is the 14th.
  test.each([
    ['002', '2026-11-07 23:30', '2026-11-08 04:00'],
    ['003', '2026-11-07 23:50', '2026-11-08 00:30'],
    ['004', '2026-11-14 23:50', '2026-11-15 00:30'],
    ['004', '2026-11-15 05:00', '2026-11-15 05:30'],
    ['011', '2026-11-15 23:50', '2026-11-16 04:00'],
    ['020', '2026-11-08 02:00', '2026-11-08 06:00'],
    ['034', '2026-11-08 02:00', '2026-11-08 06:00'],
    ['035', '2026-11-01 04:30', '2026-11-01 05:00'],
    ['035', '2026-11-29 04:30', '2026-11-29 05:00'],
    ['037', '2026-11-13 23:50', '2026-11-14 04:00'],
    ['039', '2026-11-07 23:40', '2026-11-08 07:00'],
    ['081', '2026-11-07 23:40', '2026-11-08 08:00'],
    ['238', '2026-11-28 08:00', '2026-11-28 08:30'],
    ['278', '2026-11-25 03:00', '2026-11-25 03:10'],
    // June 2026 begins on a Monday, so that its second Sunday is the 14th.
    ['081', '2026-06-13 23:40', '2026-06-14 08:00'],
  ])('bank %s is closed from %s to %s', expectClosed);

  test.each([
    ['002', '2026-11-01 02:00', 'the first Sunday'],
    ['002', '2026-11-15 02:00', 'the third Sunday'],
    ['002', '2026-11-09 02:00', 'the Monday after the second Sunday'],
    ['037', '2026-11-07 02:00', 'the first Saturday'],
    ['035', '2026-11-28 04:45', 'a Saturday'],
    ['238', '2026-11-29 08:15', 'a Sunday'],
  ])('bank %s is open at %s: %s', expectOpen);

  test('work that only disturbs now and then does not close a bank', () => {
    expectOpen('004', '2026-11-15 02:00');
    expectOpen('088', '2026-11-26 00:45');
  });

  test('windows that touch are one: the customer is told when the bank is really open', () => {
    // 23:40-00:30, 23:50-00:30 and 00:30-04:30.
    expect(maintenanceAt('027', at('2026-11-25 23:45'))).toEqual({
      from: '23:40',
      to: '04:30',
      opensAt: at('2026-11-26 04:30'),
    });
  });
});

describe('R28 Nonghyup works on the third Monday, or on the next business day after a holiday', () => {
  test.each([
    ['2026-02-16', '2026-02-19', 'Seollal, three days'],
    ['2026-08-17', '2026-08-18', 'a substitute day for Liberation Day'],
    ['2027-07-19', '2027-07-20', 'a substitute day for Constitution Day'],
    ['2027-08-16', '2027-08-17', 'a substitute day for Liberation Day'],
    ['2028-07-17', '2028-07-18', 'Constitution Day'],
  ])('%s waits until %s: %s', (holiday, workday) => {
    expectOpen('011', `${holiday} 02:00`);
    expect(maintenanceAt('011', at(`${workday} 02:00`))).toEqual({
      from: '23:50',
      to: '04:00',
      opensAt: at(`${workday} 04:00`),
    });
    expectOpen('011', `${workday} 04:00`);
  });

  test('an ordinary third Monday is not repeated on the Tuesday', () => {
    expectOpen('011', '2026-11-17 02:00');
    expectOpen('011', '2026-11-23 02:00');
  });

  test('a third Monday beyond the holiday table is taken as it is printed', () => {
    expect(Number(holidays.to)).toBeLessThan(20290115);
    expect(maintenanceAt('011', at('2029-01-15 02:00'))).toMatchObject({ to: '04:00' });
  });
});
