export type Ratio = { readonly median: number; readonly least: number; readonly most: number };

/**
 * Measures every variant in turn, `rounds` times, in the opposite order at every other round, so that what the machine
 * does meanwhile meets all of them. Answers the figures by variant, one for each round.
 */
export async function interleaved<Name extends string, Figure = number>(
  variants: Readonly<Record<Name, () => Promise<Figure>>>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly Figure[]>>> {
  const names = Object.keys(variants) as Name[];
  const figures = Object.fromEntries(names.map((name): [Name, Figure[]] => [name, []])) as Record<
    Name,
    Figure[]
  >;
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed())
      figures[name].push(await variants[name]());
  return figures;
}

/** Ours to theirs, round by round: the median, and how far the rounds lie apart. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.map((figure, round) => figure / (theirs[round] ?? NaN));
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/** The middle one, or the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half) - 1] ?? NaN)) / 2;
}
