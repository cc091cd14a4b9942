/**
 * Shows one cell on the whole page, as the frame does: `cell.html#cell=ars/calling&theme=dark&locale=en`. Another hash
 * shows another cell at once. `html[data-shown]` is the hash whose cell is ready. Clocks stand still unless the hash
 * has `clock=running`.
 */
import { mount, type Mounted } from '../../widget/app/mount.ts';
import type { Locale } from '../../shared/api/state.ts';
import { readSettings } from '../../widget/host/settings.ts';
import { loadText } from '../../widget/text/text.ts';
import { cells } from './cells.ts';
import { answerAs } from './fake-bff.ts';
import { everyElement, Hands } from './hands.ts';
import { now } from './states.ts';

const page = document.documentElement;
const runningClock = Date.now;
let shown: Mounted | undefined;

async function show(hash: string): Promise<void> {
  const wanted = new URLSearchParams(hash);
  const cell = cells.find(({ id }) => id === wanted.get('cell'));
  if (!cell) throw new Error(`There is no cell ${String(wanted.get('cell'))}.`);
  const locale: Locale = wanted.get('locale') === 'en' ? 'en' : 'ko';

  shown?.remove();
  Date.now = wanted.get('clock') === 'running' ? runningClock : () => Date.parse(now);
  const bff = answerAs(cell.bff, locale);
  shown = mount(
    {
      root: document,
      bffOrigin: location.origin,
      clientToken: () => Promise.resolve('client-token-of-the-gallery'),
      emit: () => undefined,
    },
    readSettings({ locale, theme: wanted.get('theme') ?? 'light' }),
  );
  const app = document.querySelector<HTMLElement>('hecto-onboarding-app')!;
  const first = cell.bff.start === 'never' ? '.starting' : 'h1';
  while (!everyElement(app).some((element) => element.matches(first))) await moment();

  const hands = new Hands(app, await loadText(locale));
  for (const act of cell.acts) {
    await quiet();
    await act(hands);
  }
  await quiet();

  /** Until nothing is on its way any more and everything is drawn. */
  async function quiet() {
    do await moment();
    while (bff.open());
    await moment();
  }
}

const moment = () => new Promise((resolve) => setTimeout(resolve, 10));

async function showWanted(): Promise<void> {
  const hash = location.hash.slice(1);
  delete page.dataset.shown;
  await show(hash);
  if (location.hash.slice(1) === hash) page.dataset.shown = hash;
}

addEventListener('hashchange', () => void showWanted());
void showWanted();
