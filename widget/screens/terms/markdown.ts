import { html, type TemplateResult } from 'lit';

/**
 * The Markdown of a consent document as elements: headings, lists and paragraphs. Everything else stays the text it
 * is, so no document can bring markup of its own.
 */
export function markdown(source: string): TemplateResult[] {
  const blocks: { kind: Kind; lines: string[] }[] = [];
  let kind: Kind | undefined;
  for (const line of source.split(/\r?\n/)) {
    const before = kind;
    kind = kindOf(line, before);
    if (!kind) continue;
    const text = line
      .replace(marker, '')
      .replace(/\*\*(.+?)\*\*/g, '$1')
      .trim();
    const last = blocks.at(-1);
    if (!last || kind !== before || kind === 'heading') blocks.push({ kind, lines: [text] });
    else if (kind === 'paragraph' || !marker.test(line)) last.lines.push(`${last.lines.pop()} ${text}`);
    else last.lines.push(text);
  }
  return blocks.map(({ kind, lines }) => element[kind](lines));
}

type Kind = keyof typeof element;

const marker = /^\s*(#+|[-*]|\d+[.)])\s+/;

function kindOf(line: string, before: Kind | undefined): Kind | undefined {
  const [, mark] = marker.exec(line) ?? [];
  if (mark) return mark.startsWith('#') ? 'heading' : /\d/.test(mark) ? 'numbers' : 'bullets';
  if (!line.trim()) return undefined;
  // An indented line goes on with the list item above it.
  return /^\s/.test(line) && before ? before : 'paragraph';
}

const items = (lines: readonly string[]) => lines.map((line) => html`<li>${line}</li>`);

const element = {
  heading: (lines: readonly string[]) => html`<h3>${lines}</h3>`,
  paragraph: (lines: readonly string[]) => html`<p>${lines}</p>`,
  bullets: (lines: readonly string[]) =>
    html`<ul>
      ${items(lines)}
    </ul>`,
  numbers: (lines: readonly string[]) =>
    html`<ol>
      ${items(lines)}
    </ol>`,
};
