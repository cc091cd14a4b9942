import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';

type Window = { readonly bankCode: string; readonly from: Date; until?: Date };

/** A closed spell. Nobody knows when an `endless` one ends; its `until` is an hour's guess. */
export type Closed = { from: Date; until: Date; endless?: true };

/** Which banks are closed: by the published hours, and by order of a test. */
export class Maintenance {
  #windows: Window[] = [];
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Closes a bank from an instant on, without an end until somebody opens it. */
  close(bankCode: string, from: Date, until?: Date): void {
    this.#windows.push({ bankCode, from, ...(until ? { until } : {}) });
  }

  /** Ends at an instant what a test closed; the published hours go on. */
  open(bankCode: string, at: Date): void {
    this.#windows = this.#windows.filter((one) => one.bankCode !== bankCode || one.from < at);
    for (const one of this.#windows) {
      if (one.bankCode === bankCode && !(one.until && one.until < at)) one.until = at;
    }
  }

  at(bankCode: string, instant = this.#now()): Closed | undefined {
    const ordered = this.#windows.find(
      ({ bankCode: code, from, until }) =>
        code === bankCode && from <= instant && (until === undefined || instant < until),
    );
    if (ordered) {
      const { from, until } = ordered;
      return until ? { from, until } : { from, until: new Date(instant.getTime() + 3600_000), endless: true };
    }
    const window = maintenanceAt(bankCode, instant);
    return window && { from: lastTime(window.from, instant), until: window.opensAt };
  }
}

/** The last time before `now` that Korean clocks showed `HH:mm`. */
function lastTime(clock: string, now: Date): Date {
  const koreanDay = new Date(now.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
  const today = new Date(`${koreanDay}T${clock}:00+09:00`);
  return today <= now ? today : new Date(today.getTime() - 24 * 3600_000);
}
