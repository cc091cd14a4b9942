import { afterEach, describe, expect, test } from 'vitest';
import { instantOfKst, isRealDay, kstDay, kstIso, kstStamp, nextKstMidnight } from './kst.ts';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

describe.each(['UTC', 'America/Los_Angeles', 'Asia/Seoul', 'Pacific/Kiritimati'])('R26 under TZ=%s', (tz) => {
  test.each([
    ['2026-11-23T01:00:00Z', '20261123', '100000'],
    ['2026-11-23T14:59:59.999Z', '20261123', '235959'],
    ['2026-11-23T15:00:00Z', '20261124', '000000'],
    ['2026-12-31T15:00:00Z', '20270101', '000000'],
    ['2028-02-28T15:00:00Z', '20280229', '000000'],
    ['2028-02-29T14:59:59.9Z', '20280229', '235959'],
  ])('%s is %s %s in Korea', (instant, date, time) => {
    process.env['TZ'] = tz;
    expect(kstStamp(new Date(instant))).toEqual({ date, time });
    expect(kstDay(new Date(instant))).toBe(date);
    expect(instantOfKst(date, time).getTime()).toBe(Math.floor(Date.parse(instant) / 1000) * 1000);
  });
});

test('a Korean time is found again, in either form', () => {
  expect(instantOfKst('20261123', '23:50').toISOString()).toBe('2026-11-23T14:50:00.000Z');
  expect(instantOfKst('20261123', '235001').toISOString()).toBe('2026-11-23T14:50:01.000Z');
  expect(instantOfKst('20261123', '24:00')).toEqual(instantOfKst('20261124', '00:00'));
});

test('a day or time that does not exist is refused', () => {
  for (const day of ['20260229', '20261301', '20261100', '2026112', 'yyyymmdd', '00000101'])
    expect(() => instantOfKst(day, '00:00')).toThrow(RangeError);
  for (const time of ['24:01', '25:00', '12:60', 'noon', '', '1'])
    expect(() => instantOfKst('20261123', time)).toThrow(RangeError);
  expect(isRealDay('20280229')).toBe(true);
  expect(isRealDay('21000229')).toBe(false);
});

test("the merchant reads a moment with Korea's offset, and finds the same one", () => {
  const moment = new Date('2026-11-22T15:00:07Z');
  expect(kstIso(moment)).toBe('2026-11-23T00:00:07+09:00');
  expect(new Date(kstIso(moment))).toEqual(moment);
});

test('the next Korean midnight is ahead, also at midnight itself', () => {
  expect(nextKstMidnight(new Date('2026-11-23T14:59:59.999Z')).toISOString()).toBe(
    '2026-11-23T15:00:00.000Z',
  );
  expect(nextKstMidnight(new Date('2026-11-23T15:00:00Z')).toISOString()).toBe('2026-11-24T15:00:00.000Z');
});
