/** Contrast as WCAG 2.2 defines it. */
export type Colour = readonly [red: number, green: number, blue: number];

/** Reads a computed colour: `rgb(1, 2, 3)`. One that lets something else shine through cannot be judged. */
export function colourOf(css: string): Colour {
  const [red, green, blue, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
  if (red === undefined || green === undefined || blue === undefined || alpha !== 1)
    throw new Error(`${css} is no plain colour.`);
  return [red, green, blue];
}

function luminanceOf(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: Colour, other: Colour): number {
  const luminances = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(...luminances) + 0.05) / (Math.min(...luminances) + 0.05);
}
