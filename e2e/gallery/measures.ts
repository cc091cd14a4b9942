import type { Page } from '@playwright/test';
import { inkOf, type Ink } from '../accessibility/ink.ts';
import { cells, type Cell } from './cells.ts';
import type { Gallery } from './gallery.ts';
import { sightOf, type Sight } from './sight.ts';

/** In how much room a cell is looked at. */
export const rooms = {
  phone: { width: 360, height: 740, text: '100%' },
  'large text': { width: 360, height: 740, text: '200%' },
  desktop: { width: 1280, height: 800, text: '100%' },
  'on its side': { width: 740, height: 360, text: '100%' },
} as const;
export type Room = keyof typeof rooms;

/** A refusal is a screen that is measured everywhere, with other words: it needs no room of its own but these. */
const roomsOf = ({ group }: Cell, locale: 'ko' | 'en'): readonly Room[] =>
  locale === 'ko'
    ? group === 'refusals'
      ? ['phone', 'large text', 'desktop']
      : ['phone', 'large text', 'desktop', 'on its side']
    : group === 'refusals'
      ? ['phone', 'large text']
      : ['phone', 'large text', 'desktop'];

export type Sights = Partial<Readonly<Record<Room, Sight>>>;

export type Measures = {
  readonly cell: Cell;
  readonly ko: Sights;
  readonly en: Sights;
  readonly light: readonly Ink[];
  readonly dark: readonly Ink[];
  /** What the page complained about. */
  readonly errors: readonly string[];
};

/** Shows every cell once in each language, and measures it in every room and theme. */
export async function measureAll(gallery: Gallery): Promise<readonly Measures[]> {
  const { page } = gallery;
  const all: Measures[] = [];
  for (const cell of cells) {
    await gallery.show(cell, { locale: 'ko' });
    const light = await page.evaluate(inkOf);
    await page.evaluate(() => document.documentElement.setAttribute('theme', 'dark'));
    const dark = await page.evaluate(inkOf);
    const ko = await inRooms(page, roomsOf(cell, 'ko'));
    await gallery.show(cell, { locale: 'en' });
    const en = await inRooms(page, roomsOf(cell, 'en'));
    all.push({ cell, ko, en, light, dark, errors: gallery.complaints() });
  }
  return all;
}

async function inRooms(page: Page, some: readonly Room[]): Promise<Sights> {
  const sights: Partial<Record<Room, Sight>> = {};
  for (const room of some) {
    const { width, height, text } = rooms[room];
    await page.setViewportSize({ width, height });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), text);
    sights[room] = await page.evaluate(sightOf);
  }
  return sights;
}
