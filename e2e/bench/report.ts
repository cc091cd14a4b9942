import { cpus, totalmem } from 'node:os';
import type { FirstScreens } from './first-screen.ts';
import { median, ratioOf } from './rounds.ts';

/** The goals of W3: how long ours may take, measured in what a peer takes. */
const bars = {
  adyen: { name: "Adyen's drop-in", bar: 0.75, stretch: 0.6 },
  lit: { name: 'a bare Lit element', bar: 1.4, stretch: 1.2 },
} as const;
const surfaces = { inline: '`inline`', frame: '`frame`', hosted: 'the hosted page' } as const;

/** docs/performance.md, from the figures of one run on this machine. */
export function reportOf(figures: FirstScreens): string {
  const rounds = figures.lit.length;
  const processor = cpus()[0]?.model.trim() ?? 'unknown';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const ratios = Object.entries(surfaces).flatMap(([surface, ours]) =>
    Object.entries(bars).map(([peer, { name, bar, stretch }]) => {
      const ratio = ratioOf(figures[surface as keyof typeof surfaces], figures[peer as keyof typeof bars]);
      const [middle, least, most] = [ratio.median, ratio.least, ratio.most].map((one) => one.toFixed(2));
      const verdict = ratio.median <= stretch ? 'stretch' : ratio.median <= bar ? 'met' : 'not met';
      return `| ${ours} | ${name} | **${middle}** | ${least} to ${most} | ${bar} | ${stretch} | ${verdict} |`;
    }),
  );
  const times = Object.entries(figures).map(
    ([variant, ms]) => `| ${nameOf(variant)} | ${Math.round(median(ms))} ms |`,
  );
  return `# Performance

Written by \`npm run bench\`. Only ratios inside one run count; the milliseconds are this machine's (${cpus().length} × ${processor},
${gigabytes} GB, Node ${process.versions.node}).

## Time to the first screen (W3)

From the navigation to the first control that can be seen, in a browser that has seen nothing before: processor four times slower,
1.6 Mbit/s, 150 ms; ${rounds} rounds in turn, in the opposite order at every other one. Ours open a real session at a real BFF; Adyen's code gets
at once what it would ask its servers for, and the bare element asks nobody for anything.

| ours | against | ratio, median | spread | bar | stretch | |
| --- | --- | --- | --- | --- | --- | --- |
${ratios.join('\n')}

| | first control, median |
| --- | --- |
${times.join('\n')}

Ours wait for the script, the app and the session one after the other (\`frame\` for its page, too), 150 ms each; the bare element waits for its
script alone. What is missing is to ask for the session while the app is on its way.
`;
}

function nameOf(variant: string): string {
  if (variant in surfaces) return `ours, ${surfaces[variant as keyof typeof surfaces]}`;
  return bars[variant as keyof typeof bars].name;
}
