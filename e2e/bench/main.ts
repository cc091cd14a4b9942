/**
 * `npm run bench [-- --only B1,B2] [-- --rounds 9]`: measures us beside what merchants would take instead and prints what
 * came out. A whole run also writes docs/performance.md and docs/latency.svg. Use a machine that does nothing else.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectFolder } from '../../bff/project-files.ts';
import { buildWidgetIfOlder } from '../build-widget.ts';
import { readScripts, weigh } from '../size/weigh.ts';
import { chartOf } from './chart.ts';
import { measureCurves } from './curve.ts';
import { measureFirstScreens } from './first-screen.ts';
import { measureFullLoad, type FullLoad } from './full-load.ts';
import { goals, type GoalId } from './goals.ts';
import { splitCores, stayOn } from './machine.ts';
import { latencyAt } from './paced.ts';
import { weightOf } from './peers.ts';
import {
  exactly,
  linesOfFirstScreens,
  machineOf,
  tableOf,
  tableOfFirstScreens,
  tableOfFullLoad,
  withFigures,
  type Line,
} from './report.ts';
import { interleaved, ratioOf } from './rounds.ts';
import { seedSessions } from './seed-sessions.ts';
import { layGround, type Ground } from './servers.ts';
import { measureCommand, measureStore, measureWaiting } from './sessions.ts';
import { startTargets } from './targets.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, rounds: { type: 'string', default: '9' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error('--rounds must be a whole number of at least 1.');
const known = [...new Set(Object.keys(goals).map((id) => id.split(' ')[0]!)), 'chart'];
const chosen = values.only?.split(',') ?? known;
for (const id of chosen) if (!known.includes(id)) throw new Error(`There is no ${id}: ${known.join(', ')}.`);
const wants = (...ids: readonly string[]) => ids.some((id) => chosen.includes(id));
const tell = (line: string) => process.stderr.write(`${line}…\n`);

/** In the project's folder. */
const run = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit'] });

tell('Installing and building');
run('npm', 'ci', '--prefix', 'e2e/bench', '--ignore-scripts', '--no-audit', '--no-fund');
await buildWidgetIfOlder();
run('npm', 'run', '--silent', 'build:bff');

const lines: Line[] = [];
const line = (id: GoalId, ratio: Line['ratio']) => {
  if (wants(id)) lines.push({ id, ratio });
};
const parts: string[] = [];

if (wants('W1', 'W2', 'W5')) {
  tell('Sizes');
  const { whole, entries, shareOfTwin } = await weigh(readScripts());
  line('W1', exactly(whole / (await weightOf('adyen'))));
  line('W2', exactly(shareOfTwin));
  line('W5', exactly(Math.max(...entries) / 1024));
}
if (wants('W3', 'W4')) {
  tell('First screens');
  const firstScreens = await measureFirstScreens(rounds);
  lines.push(...linesOfFirstScreens(firstScreens).filter(({ id }) => wants(id.split(' ')[0]!)));
  parts.push(tableOfFirstScreens(firstScreens));
}

// Everybody whom we started ends with us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const cores = splitCores();
if (wants('B1', 'B2', 'B3', 'B4', 'S1', 'S2', 'L1', 'chart')) {
  if (cores) stayOn(cores.others);
  const ground = await layGround(cores);
  try {
    await measureServers(ground);
  } finally {
    await ground.stop();
  }
}

lines.sort((a, b) => Object.keys(goals).indexOf(a.id) - Object.keys(goals).indexOf(b.id));
const figures = [machineOf(rounds, cores), tableOf(lines), ...parts].join('\n');
process.stdout.write(figures);
if (values.only === undefined) {
  const page = join(projectFolder, 'docs/performance.md');
  writeFileSync(page, withFigures(readFileSync(page, 'utf8'), figures));
}

async function measureServers(ground: Ground): Promise<void> {
  const targets = await startTargets(ground);
  const { bff } = targets;

  if (wants('B1', 'B2', 'B3')) {
    tell('Full load');
    const turns = await measureFullLoad(targets, rounds);
    const ofAll = (name: keyof FullLoad, figure: 'perSecond' | 'cpuPerRequest') =>
      turns[name].map((turn) => turn[figure]);
    line('B1', ratioOf(ofAll('bff', 'cpuPerRequest'), ofAll('raw', 'cpuPerRequest')));
    line('B2', ratioOf(ofAll('bff', 'perSecond'), ofAll('http-proxy', 'perSecond')));
    line('B3', ratioOf(ofAll('bff', 'perSecond'), ofAll('axios', 'perSecond')));
    parts.unshift(tableOfFullLoad(turns));
  }
  if (wants('B4')) {
    tell('An even pace');
    const p99 = async (target: typeof bff) => (await latencyAt(250, target, 2))?.p99 ?? Infinity;
    const variants = { bff: () => p99(targets.bff), axios: () => p99(targets.axios) };
    await interleaved(variants, 1);
    const figures = await interleaved(variants, rounds);
    line('B4', ratioOf(figures.bff, figures.axios));
  }
  if (wants('chart')) {
    tell('Latency against load');
    const chart = chartOf(await measureCurves(targets));
    if (values.only === undefined || values.only === 'chart')
      writeFileSync(join(projectFolder, 'docs/latency.svg'), chart);
  }
  if (!wants('S1', 'S2', 'L1')) return;

  tell('Sessions');
  const seeds = await seedSessions(ground, 1_000);
  const store = await ground.peer('store');
  if (wants('S1')) {
    const { request, session } = await measureCommand(bff, store, seeds, rounds);
    line('S1', ratioOf(session, request));
  }
  if (wants('S2')) {
    const { ours, driver } = await measureStore(store, seeds, rounds);
    line('S2', ratioOf(ours, driver));
  }
  if (wants('L1')) {
    // A heap hardly varies, and each round opens thousands of connections.
    const waiting = await measureWaiting(bff, await ground.peer('waiting'), seeds, Math.min(rounds, 3));
    line('L1', ratioOf(waiting.bff, waiting.bare));
  }
}
