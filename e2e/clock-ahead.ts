/** The time of a test for programs that run by themselves: what they sign, check or send is of that time, not of ours. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Writes a clock that is ahead into `folder`, and answers the NODE_OPTIONS with which a program goes by it. */
export function clockAhead(folder: string, milliseconds: number): string {
  const file = join(folder, 'clock.mjs');
  writeFileSync(
    file,
    `const Real = Date;
const now = () => Real.now() + ${milliseconds};
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length ? given : [now()]));
  }
  static now = now;
};`,
  );
  return `--import ${pathToFileURL(file).href}`;
}
