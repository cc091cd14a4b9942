/** The gallery's page: every cell in a frame of its own. What is chosen stands in the address. */
import { cells, type Cell } from './cells.ts';

const form = document.querySelector('form')!;
const main = document.querySelector('main')!;
const group = form.elements.namedItem('group') as HTMLSelectElement;

group.append(
  new Option('everything', ''),
  ...[...new Set(cells.map(({ group }) => group))].map((name) => new Option(name)),
);
for (const [name, value] of new URLSearchParams(location.search)) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLSelectElement || control instanceof HTMLInputElement) control.value = value;
}
form.addEventListener('input', draw);
form.addEventListener('submit', (event) => event.preventDefault());
draw();

function draw(): void {
  const chosen = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const { find = '', theme = '', locale = '', size = '' } = chosen;
  const words = find.toLowerCase();
  const fitting = cells.filter(
    (cell) =>
      (!chosen.group || cell.group === chosen.group) &&
      `${cell.id} ${cell.title}`.toLowerCase().includes(words),
  );
  history.replaceState(null, '', `?${new URLSearchParams(chosen).toString()}`);
  form.querySelector('output')!.textContent = `${fitting.length} of ${cells.length}`;
  main.replaceChildren(...fitting.map((cell) => figureOf(cell, `theme=${theme}&locale=${locale}`, size)));
}

function figureOf({ id, title }: Cell, looks: string, size: string): HTMLElement {
  const address = `cell.html#cell=${id}&${looks}`;
  const [width = '', height = ''] = size.split('x');
  const link = Object.assign(document.createElement('a'), { href: address, textContent: title });
  const caption = document.createElement('figcaption');
  caption.append(link, ` ${id}`);
  const frame = Object.assign(document.createElement('iframe'), {
    title,
    loading: 'lazy',
    src: address,
    width,
    height,
  });
  const figure = document.createElement('figure');
  figure.append(caption, frame);
  return figure;
}
