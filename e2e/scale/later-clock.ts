import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const hour = 3_600_000;

/**
 * How far ahead of the real one a clock has to be set so that banks are open: not at all by day, else until ten in the
 * morning in Korea.
 */
export function untilBanksAreOpenMs(now = Date.now()): number {
  const sinceMidnight = (now + 9 * hour) % (24 * hour);
  const isDay = sinceMidnight > 2 * hour && sinceMidnight < 22.5 * hour;
  return isDay ? 0 : (34 * hour - sinceMidnight) % (24 * hour);
}

/** The options of Node that set a process's clock ahead. */
export function clockAhead(folder: string, ms: number): readonly string[] {
  if (ms === 0) return [];
  const file = join(folder, 'clock-ahead.mjs');
  writeFileSync(
    file,
    `const Real = Date;
const now = () => Real.now() + ${ms};
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length ? given : [now()]));
  }
  static now = now;
};
`,
    { mode: 0o644 },
  );
  return ['--import', pathToFileURL(file).href];
}
