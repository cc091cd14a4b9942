/**
 * For a merchant's developer, whose page runs on their own machine: what of an `appearance` is not taken, and which of
 * its colours are hard to read. Customers never load this.
 */
import { dress, type Appearance, type Theme } from './host/settings.ts';
import { tokens } from './styles/tokens.ts';

type Pair = readonly [ink: string, ground: string];

/** Which token stands on which. Words need 4.5:1 (WCAG 2.2, 1.4.3) … */
const words: readonly Pair[] = [
  ['text', 'background'],
  ['text', 'surface'],
  ['text', 'warning-soft'],
  ['text', 'error-soft'],
  ['text-muted', 'background'],
  ['text-muted', 'surface'],
  ['accent', 'background'],
  ['accent', 'accent-soft'],
  ['on-accent', 'accent'],
  ['error', 'background'],
  ['background', 'error'],
  ['background', 'warning'],
];
/** … and the edges of what can be used 3:1 (1.4.11). */
const edges: readonly Pair[] = [['line-strong', 'background']];

/**
 * Every complaint as an English sentence, none if all is well; a theme of `auto` is checked as light and as dark. What
 * a browser cannot tell the colour of, such as one that lets the page shine through, is judged as it looks on white.
 */
export function complaintsAbout(appearance: Appearance, theme: Theme): string[] {
  const known = new Set([...(tokens.styleSheet?.cssRules ?? [])].flatMap(namesOf));
  const names = Object.keys(appearance).filter((name) => !known.has(name));
  const complaints = names.map((name) => `${name} is no token of the widget.`);

  for (const one of theme === 'auto' ? (['light', 'dark'] as const) : [theme]) {
    const host = document.createElement('div');
    host.setAttribute('theme', one);
    dress(host, appearance);
    for (const [name, value] of Object.entries(appearance))
      if (known.has(name) && !host.style.getPropertyValue(name))
        complaints.push(`${name} does not take "${value}".`);
    const root = host.attachShadow({ mode: 'open' });
    if (tokens.styleSheet) root.adoptedStyleSheets = [tokens.styleSheet];
    const probe = root.appendChild(document.createElement('span'));
    document.body.append(host);
    const colourOf = (token: string) => {
      probe.style.color = `var(--hecto-color-${token})`;
      return rgb(getComputedStyle(probe).color);
    };
    for (const [pairs, needed] of [[words, 4.5] as const, [edges, 3] as const])
      for (const [ink, ground] of pairs) {
        const reached = contrast(colourOf(ink), colourOf(ground));
        if (reached < needed)
          complaints.push(
            `--hecto-color-${ink} on --hecto-color-${ground} reaches a contrast of ${reached.toFixed(1)}:1 in the ` +
              `${one} theme, but needs ${needed}:1 to be read by everybody (WCAG 2.2).`,
          );
      }
    host.remove();
  }
  return [...new Set(complaints)];
}

/** Says them on the console, where a developer looks. */
export function checkAppearance(appearance: Appearance, theme: Theme): void {
  for (const complaint of complaintsAbout(appearance, theme))
    // eslint-disable-next-line no-console
    console.warn(`<hecto-onboarding>: ${complaint}`);
}

/** The tokens that a rule of our own style sheet sets. */
const namesOf = (rule: CSSRule): string[] =>
  rule instanceof CSSStyleRule ? [...rule.style].filter((name) => name.startsWith('--hecto-')) : [];

type Rgb = readonly [red: number, green: number, blue: number];

/** A colour in any of CSS's spellings, as it looks on white. */
function rgb(css: string): Rgb {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (!canvas) return [0, 0, 0];
  for (const fill of ['#fff', css]) {
    canvas.fillStyle = fill;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** WCAG 2.2's relative luminance and contrast ratio. */
function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
