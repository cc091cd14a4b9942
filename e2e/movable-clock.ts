/** The time of the server side in a test: runs like a clock, and jumps when it is told to. */
export type MovableClock = {
  readonly now: () => Date;
  /** Jumps ahead. */
  advance(milliseconds: number): void;
  /** Jumps to a moment; the clock runs on from there. */
  set(moment: Date): void;
};

export const seconds = (count: number) => count * 1000;
export const minutes = (count: number) => seconds(60 * count);

/** A Monday morning, far from every bank's maintenance window. */
const start = new Date('2026-11-23T10:00:00+09:00');

export function createMovableClock(): MovableClock {
  let offset = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offset),
    advance: (milliseconds) => {
      offset += milliseconds;
    },
    set: (moment) => {
      offset = moment.getTime() - Date.now();
    },
  };
}
