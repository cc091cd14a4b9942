import { html, nothing, type TemplateResult } from 'lit';

const oneLine = (text: string) => text.trim().replace(/\s+/g, ' ');

/**
 * The Markdown of a consent document as elements: headings, lists and paragraphs. Everything else stays the text it
 * is, so no document can bring markup of its own.
 */
export const markdown = (source: string): TemplateResult[] =>
  source
    .replace(/\r|\*\*/g, '')
    .replace(/^#.*/gm, '\n$&\n')
    .split(/\n\s*\n/)
    .map((block) => {
      const [text = '', ...items] = block.split(/^ *(?:[-*]|\d+[.)])\s/m).map(oneLine);
      if (text.startsWith('#')) return html`<h3>${text.replace(/^#+ */, '')}</h3>`;
      const list = items.map((item) => html`<li>${item}</li>`);
      return html`${text && html`<p>${text}</p>`}${
        items[0]
          ? /^ *\d+/m.test(block)
            ? html`<ol>
                ${list}
              </ol>`
            : html`<ul>
                ${list}
              </ul>`
          : nothing
      }`;
    });
