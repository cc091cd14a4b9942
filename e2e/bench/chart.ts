import type { Curves, Point } from './curve.ts';

const size = { width: 720, height: 400 };
const area = { left: 56, right: 600, top: 44, bottom: 350 };
const looks = {
  bff: { name: 'BFF', color: '#2f7de1' },
  axios: { name: 'express + axios', color: '#d9660a' },
  'http-proxy': { name: 'http-proxy', color: '#7a8794' },
} as const;

/** Latency against load as a picture that needs nothing else. Grey and colours can be read on white and on black. */
export function chartOf(curves: Curves): string {
  const points = Object.values(curves).flat();
  const mostLoad = Math.max(...points.map(({ perSecond }) => perSecond));
  const times = points.flatMap(({ p50, p99 }) => [p50, p99]);
  const decades = [Math.floor(Math.log10(Math.min(...times))), Math.ceil(Math.log10(Math.max(...times)))];
  const [least = 0, most = 1] = decades;
  const x = (perSecond: number) => area.left + ((area.right - area.left) * perSecond) / mostLoad;
  const y = (ms: number) =>
    area.bottom - ((area.bottom - area.top) * (Math.log10(ms) - least)) / (most - least);
  const at = (point: Point, of: 'p50' | 'p99') =>
    `${x(point.perSecond).toFixed(1)},${y(point[of]).toFixed(1)}`;

  const levels = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index));
  const step = [250, 500, 1_000, 2_000].find((one) => mostLoad / one <= 8) ?? 5_000;
  const loads = Array.from({ length: Math.floor(mostLoad / step) + 1 }, (_, index) => index * step);
  const grid = [
    ...levels.map(
      (ms) =>
        `<path class="grid" d="M${area.left} ${y(ms)}H${area.right}"/>` +
        `<text x="${area.left - 8}" y="${y(ms) + 4}" text-anchor="end">${ms >= 1 ? ms : ms.toFixed(-Math.log10(ms))}</text>`,
    ),
    ...loads.map(
      (load) =>
        `<text x="${x(load)}" y="${area.bottom + 20}" text-anchor="middle">${load.toLocaleString('en')}</text>`,
    ),
  ];
  const lines = (Object.keys(looks) as (keyof Curves)[]).map((name) => {
    const { color } = looks[name];
    const line = (of: 'p50' | 'p99', style: string) =>
      `<polyline fill="none" stroke="${color}" ${style} points="${curves[name].map((point) => at(point, of)).join(' ')}"/>`;
    const dots = curves[name].map(
      (point) => `<circle cx="${x(point.perSecond).toFixed(1)}" cy="${y(point.p99).toFixed(1)}" r="2.5"/>`,
    );
    return (
      line('p50', 'stroke-width="1.5" stroke-dasharray="5 4"') +
      line('p99', 'stroke-width="2.5"') +
      `<g fill="${color}">${dots.join('')}</g>`
    );
  });
  const legend = Object.values(looks).map(
    ({ name, color }, index) =>
      `<path stroke="${color}" stroke-width="2.5" d="M612 ${64 + index * 22}h20"/><text x="638" y="${68 + index * 22}">${name}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title">
<title id="title">Milliseconds until the answer against requests per second, for the BFF and two others</title>
<style>text { font: 13px system-ui, sans-serif; fill: #7d8590 } .grid { stroke: #7d8590; stroke-opacity: .3 }</style>
<text x="${area.left - 48}" y="22">ms until the answer: p99 (solid) and p50 (dashed); a line ends where more load is too much</text>
${[...grid, ...lines, ...legend].join('\n')}
<text x="${area.right}" y="${area.bottom + 42}" text-anchor="end">requests per second</text>
</svg>
`;
}
