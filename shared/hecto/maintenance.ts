/**
 * When banks, or Hecto's connection to them, are closed. Korean time, as printed; a printed 24:00 is 00:00.
 *
 * The newer specification (v3.5) and the older table of v2.7 differ for eight banks. v3.5 is used: it is
 * the later word, and the two mistakes do not cost the same. If a bank is closed although we think it open,
 * Hecto says so (ST11) and the customer waits; if it is open although we think it closed, the customer is
 * turned away for nothing. `bankMaintenance` overrides this table wherever it was asked.
 */

/** `from-to`; an end at or before the start lies on the next day. */
export type Hours = `${number}:${number}-${number}:${number}`;
export type Weekday = 'SUN' | 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT';

export type Regular = {
  readonly hours: readonly Hours[];
  readonly every: 'day' | Weekday;
  /** Only the nth such weekday of the month. */
  readonly nth?: number;
  /** On a public holiday the work waits for the next business day. */
  readonly holidayShift?: 'next-business-day';
  /** Errors now and then: the bank stays open. */
  readonly intermittent?: true;
};

export type BankMaintenance = {
  /** Daily, of the bank itself. */
  readonly bank: Hours;
  /** Daily, of Hecto's connection to it. */
  readonly hecto: Hours;
  readonly regular: readonly Regular[];
};

export const maintenanceVersion = 'v3.5';

/** Outside 01:00-23:30 Hecto advises against calls: taken for banks of which no window is printed. */
export const unadvisedHours: Hours = '23:30-01:00';

const closed = (bank: Hours, hecto: Hours, ...regular: Regular[]): BankMaintenance => ({
  bank,
  hecto,
  regular,
});
const daily = (...hours: Hours[]): Regular => ({ every: 'day', hours });
const weekly = (every: Weekday, ...hours: Hours[]): Regular => ({ every, hours });
const monthly = (nth: number, every: Weekday, ...hours: Hours[]): Regular => ({ nth, every, hours });

export const maintenance: Readonly<Record<string, BankMaintenance>> = {
  '002': closed('23:30-00:30', '23:50-00:15', monthly(2, 'SUN', '00:00-04:00')),
  '003': closed('00:00-00:30', '23:50-00:12', weekly('SUN', '00:00-00:30')),
  '004': closed('00:00-00:30', '23:50-00:12', monthly(3, 'SUN', '00:00-00:30', '05:00-05:30'), {
    ...monthly(3, 'SUN', '01:00-06:00'),
    intermittent: true,
  }),
  '007': closed('23:50-00:30', '23:30-00:30'),
  '011': closed('00:00-00:30', '23:50-00:12', {
    ...monthly(3, 'MON', '00:00-04:00'),
    holidayShift: 'next-business-day',
  }),
  // The bank announces the day; the second Sunday is what is printed.
  '020': closed('23:50-00:30', '23:50-00:10', monthly(2, 'SUN', '02:00-06:00')),
  '023': closed('23:30-00:30', '23:50-00:12'),
  '027': closed('23:40-00:30', '23:50-00:30', daily('00:30-04:30')),
  '031': closed('23:40-00:30', '23:50-00:05'),
  '032': closed('23:30-00:30', '23:50-00:05'),
  '034': closed('23:40-00:30', '23:50-00:05', monthly(2, 'SUN', '02:00-06:00')),
  '035': closed('23:40-00:30', '23:50-00:12', weekly('SUN', '04:30-05:00')),
  '037': closed('00:00-00:30', '23:50-00:05', monthly(2, 'SAT', '00:00-04:00')),
  '039': closed('23:40-00:30', '23:50-00:05', monthly(2, 'SUN', '00:00-07:00')),
  '045': closed('23:50-00:30', '23:30-00:30'),
  '048': closed('23:40-00:30', '23:50-00:05'),
  '050': closed('23:50-00:10', '23:50-00:35'),
  '064': closed('23:50-00:10', '23:50-01:00'),
  '071': closed('23:40-00:30', '23:50-00:05'),
  '081': closed('23:40-00:30', '23:50-00:15', monthly(2, 'SUN', '00:00-08:00')),
  '088': closed('23:40-00:30', '23:50-00:05', { ...daily('00:00-01:00'), intermittent: true }),
  '089': closed('23:57-00:02', '23:50-00:12'),
  '090': closed('23:50-00:10', '23:50-00:05'),
  '092': closed('23:55-00:05', '23:55-00:05'),
  '103': closed('23:55-00:10', '23:55-00:05'),
  '209': closed('23:50-00:10', '23:50-00:10'),
  '238': closed('23:30-00:20', '23:30-00:20', weekly('SAT', '08:00-08:30')),
  '240': closed('23:30-00:10', '23:50-00:10'),
  '243': closed('23:40-00:10', '23:40-00:10'),
  '247': closed('23:50-00:15', '23:50-00:05'),
  '266': closed('23:30-00:30', '23:30-00:30'),
  '267': closed('23:55-00:25', '23:55-00:25'),
  '278': closed('23:25-00:15', '23:30-00:15', daily('23:30-00:10', '03:00-03:10')),
  '280': closed('23:30-00:30', '23:50-00:35'),
  '287': closed('23:50-00:20', '23:50-00:20'),
};
