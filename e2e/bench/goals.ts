/** What we want to reach (`bar`), and what we would be proud of (`stretch`), in what a peer needs or does. */
export type Goal = {
  readonly what: string;
  readonly bar: number;
  readonly stretch?: number;
  /** Whether less is better or more is. */
  readonly better: 'less' | 'more';
};

export const goals = {
  W1: {
    what: "brotli of the whole widget against Adyen's drop-in with one card form",
    ...{ bar: 0.25, stretch: 0.15, better: 'less' },
  },
  W2: {
    what: 'brotli until the first screen against a React 19 twin of the same screens',
    ...{ bar: 0.3, stretch: 0.2, better: 'less' },
  },
  'W3 drop-in': {
    what: "time to the first screen against Adyen's drop-in",
    ...{ bar: 0.75, stretch: 0.6, better: 'less' },
  },
  'W3 element': {
    what: 'time to the first screen against a bare Lit element',
    ...{ bar: 1.4, stretch: 1.2, better: 'less' },
  },
  'W4 inline': { what: 'pages and files until the first screen, `inline`', bar: 2, better: 'less' },
  'W4 hosted': { what: 'pages and files until the first screen, the hosted page', bar: 1, better: 'less' },
  W5: {
    what: 'KB of brotli on the merchant\'s page with `surface="frame"`',
    ...{ bar: 4, stretch: 2, better: 'less' },
  },
  B1: {
    what: "CPU of a request through the BFF against the same job with Node's server and undici alone",
    ...{ bar: 1.35, stretch: 1.1, better: 'less' },
  },
  B2: {
    what: 'requests/s of the BFF against `http-proxy`, which passes bytes on and encrypts nothing',
    ...{ bar: 0.8, stretch: 1, better: 'more' },
  },
  B3: {
    what: 'requests/s of the BFF against express, helmet and axios with keep-alive, doing the bare job',
    ...{ bar: 3, stretch: 4.5, better: 'more' },
  },
  B4: {
    what: 'p99 at 250 requests/s against the same axios server',
    ...{ bar: 0.5, stretch: 0.35, better: 'less' },
  },
  S1: {
    what: "the session's share of the CPU of a command of the widget: read, noted, claimed, saved",
    ...{ bar: 0.25, stretch: 0.15, better: 'less' },
  },
  S2: {
    what: 'sessions read and saved per second by our store against the driver alone, 16 in flight',
    ...{ bar: 0.6, stretch: 0.85, better: 'more' },
  },
  L1: {
    what: "heap of a waiting long poll against Node's server alone",
    ...{ bar: 3, stretch: 2.2, better: 'less' },
  },
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof goals;

/** How far a figure came. */
export function verdictOn({ bar, stretch, better }: Goal, figure: number): 'stretch' | 'met' | 'not met' {
  const reaches = (line: number) => (better === 'less' ? figure <= line : figure >= line);
  if (stretch !== undefined && reaches(stretch)) return 'stretch';
  return reaches(bar) ? 'met' : 'not met';
}
