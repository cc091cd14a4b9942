import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const day = 24 * 3_600_000;

/** How far ahead the coming ten o'clock in the morning in Korea is: at night banks are closed, and no test would get far. */
export const untilMorningMs = (now = Date.now()): number => {
  const tenOClock = Date.UTC(2020, 0, 1, 1);
  return day - ((now - tenOClock) % day);
};

/** A module that sets a Node process's clock ahead; the value of its option `--import`. */
export function clockAhead(folder: string, ms: number): string {
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
  return pathToFileURL(file).href;
}
