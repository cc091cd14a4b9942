import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';

/** Which banks are closed: by the published hours, and by order of a test. */
export class Maintenance {
  readonly #forced = new Set<string>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  force(bankCode: string, on: boolean): void {
    if (on) this.#forced.add(bankCode);
    else this.#forced.delete(bankCode);
  }

  at(bankCode: string): { from: Date; until: Date } | undefined {
    const now = this.#now();
    if (this.#forced.has(bankCode)) return { from: now, until: new Date(now.getTime() + 3600_000) };
    const window = maintenanceAt(bankCode, now);
    return window && { from: lastTime(window.from, now), until: window.opensAt };
  }
}

/** The last time before `now` that Korean clocks showed `HH:mm`. */
function lastTime(clock: string, now: Date): Date {
  const koreanDay = new Date(now.getTime() + 9 * 3600_000).toISOString().slice(0, 10);
  const today = new Date(`${koreanDay}T${clock}:00+09:00`);
  return today <= now ? today : new Date(today.getTime() - 24 * 3600_000);
}
