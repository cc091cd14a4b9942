import type { Page } from '@playwright/test';
import { inkOf, type Ink } from '../accessibility/ink.ts';
import { cells, type Cell } from './cells.ts';
import type { Gallery } from './gallery.ts';
import { sightOf, type Sight } from './sight.ts';

/** In how much room a cell is looked at. */
export const rooms = {
  phone: { width: 360, height: 740, text: '100%' },
  desktop: { width: 1280, height: 800, text: '100%' },
  'on its side': { width: 740, height: 360, text: '100%' },
  'large text': { width: 360, height: 740, text: '200%' },
} as const;
export type Room = keyof typeof rooms;

export type Measures = {
  readonly cell: Cell;
  readonly ko: Readonly<Record<Room, Sight>>;
  readonly en: Readonly<Record<Room, Sight>>;
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
    const ko = await inEveryRoom(page);
    const light = await page.evaluate(inkOf);
    await page.evaluate(() => document.documentElement.setAttribute('theme', 'dark'));
    const dark = await page.evaluate(inkOf);
    await gallery.show(cell, { locale: 'en' });
    all.push({ cell, ko, en: await inEveryRoom(page), light, dark, errors: gallery.complaints() });
  }
  return all;
}

async function inEveryRoom(page: Page): Promise<Record<Room, Sight>> {
  const seen: Partial<Record<Room, Sight>> = {};
  for (const room of Object.keys(rooms) as Room[]) {
    const { width, height, text } = rooms[room];
    await page.setViewportSize({ width, height });
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), text);
    seen[room] = await page.evaluate(sightOf);
  }
  await page.setViewportSize(rooms.phone);
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  return seen as Record<Room, Sight>;
}
