import { cpus, totalmem } from 'node:os';
import type { FirstScreens } from './first-screen.ts';
import type { FullLoad } from './full-load.ts';
import { goals, verdictOn, type GoalId } from './goals.ts';
import type { Cores } from './machine.ts';
import { median, ratioOf, type Ratio } from './rounds.ts';
import type { TargetName } from './targets.ts';

/** What came out for one goal. `of`: which of our surfaces. */
export type Line = { readonly id: GoalId; readonly of?: string; readonly ratio: Ratio };

/** Something that does not vary: bytes, requests. */
export const exactly = (figure: number): Ratio => ({ median: figure, least: figure, most: figure });

const surfaces = { inline: '`inline`', frame: '`frame`', hosted: 'the hosted page' } as const;
const surfaceNames = Object.keys(surfaces) as (keyof typeof surfaces)[];

/** W3 and W4 of our surfaces. */
export const linesOfFirstScreens = ({ ms, fetched }: FirstScreens): Line[] => [
  ...surfaceNames.flatMap((surface): Line[] => [
    { id: 'W3 drop-in', of: surfaces[surface], ratio: ratioOf(ms[surface], ms.adyen) },
    { id: 'W3 element', of: surfaces[surface], ratio: ratioOf(ms[surface], ms.lit) },
  ]),
  { id: 'W4 inline', ratio: exactly(fetched.inline) },
  { id: 'W4 hosted', ratio: exactly(fetched.hosted) },
];

/** Goals with what was measured, as a table. */
export function tableOf(lines: readonly Line[]): string {
  const rows = lines.map(({ id, of, ratio }) => {
    const goal = goals[id];
    const [middle, least, most] = [ratio.median, ratio.least, ratio.most].map((figure) =>
      Number.isInteger(figure) && ratio.least === ratio.most ? String(figure) : figure.toFixed(2),
    );
    const spread = ratio.least === ratio.most ? '' : `${least} to ${most}`;
    const sign = goal.better === 'less' ? '≤' : '≥';
    const stretch = 'stretch' in goal ? `${sign} ${goal.stretch}` : '';
    const what = of === undefined ? goal.what : `${of}: ${goal.what}`;
    const number = id.split(' ')[0];
    return `| ${number} | ${what} | ${sign} ${goal.bar} | ${stretch} | **${middle}** | ${spread} | ${verdictOn(goal, ratio.median)} |`;
  });
  return `| | | bar | stretch | measured | spread | |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

const servers: Readonly<Record<TargetName, string>> = {
  bff: 'BFF',
  raw: "Node's server and undici, the same job",
  'http-proxy': '`http-proxy`, bytes only',
  axios: 'express, helmet and axios, the bare job',
};

/** Processor time and requests of everybody at full load. */
export function tableOfFullLoad(turns: FullLoad): string {
  const rows = (Object.keys(servers) as TargetName[]).map((name) => {
    const cpu = Math.min(...turns[name].map(({ cpuPerRequest }) => cpuPerRequest));
    const perSecond = Math.round(median(turns[name].map((turn) => turn.perSecond)));
    return `| ${servers[name]} | ${cpu.toFixed(0)} µs | ${perSecond.toLocaleString('en')} |`;
  });
  return `| at full load | CPU of a request, least | requests/s, median |
| --- | --- | --- |
${rows.join('\n')}
`;
}

/** Milliseconds until the first screen. */
export function tableOfFirstScreens({ ms }: FirstScreens): string {
  const names = { adyen: "Adyen's drop-in", lit: 'a bare Lit element', ...surfaces };
  const rows = Object.entries(ms).map(
    ([variant, figures]) =>
      `| ${variant in surfaces ? 'ours, ' : ''}${names[variant as keyof typeof names]} | ${Math.round(median(figures))} ms |`,
  );
  return `| | first control, median |
| --- | --- |
${rows.join('\n')}
`;
}

/** On what, and how often, everything was measured. */
export function machineOf(rounds: number, cores: Cores | undefined): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const split = cores
    ? `the measured server had processor ${cores.server} for itself, everything else ran on ${cores.others}`
    : 'nobody had a processor for itself';
  return `One run of ${rounds} rounds on ${cpus().length} × ${processor}, ${gigabytes} GB, Node ${process.versions.node}; ${split}.
`;
}

const begin = '<!-- written by npm run bench -->';
const end = '<!-- end of what it has written -->';

/** The page with new figures between its two marks. Throws when it has lost them. */
export function withFigures(page: string, figures: string): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`The page has no place for figures: ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${figures.trim()}\n\n${page.slice(to)}`;
}
