/** What the main screens look like. `npx playwright test screenshots --update-snapshots` takes the pictures anew. */
import { spawnSync } from 'node:child_process';
import { expect, test, type Looks } from './fixture.ts';

/** The pictures show this typeface; with another one every line would differ. */
const typeface = 'Noto Sans CJK KR';
const listed = spawnSync('fc-list', [':lang=ko', 'family'], { encoding: 'utf8' });
test.skip(
  !(listed.stdout as string | null)?.includes(typeface),
  `the pictures need the typeface ${typeface} (package fonts-noto-cjk)`,
);

/** As on a phone, where the PASS app may be. */
test.use({ hasTouch: true, isMobile: true });

const main = [
  'terms/first',
  'identity/name',
  'identity/carriers',
  'identity/method',
  'refusals/code-wrong',
  'pass/again',
  'account/banks',
  'account/number',
  'ars/ready',
  'ars/calling',
  'password/set',
  'done/first',
];
const pictures: readonly (readonly [cell: string, looks: Looks])[] = [
  ...main.map((cell) => [cell, {}] as const),
  ['ars/calling', { theme: 'dark' }],
  ['account/banks', { theme: 'dark', locale: 'en' }],
  ['terms/first', { locale: 'en' }],
  ['done/first', { theme: 'dark' }],
];

test('the main screens look as before', async ({ gallery, page }) => {
  for (const [cell, looks] of pictures) {
    const name = [cell.replace('/', '-'), looks.theme, looks.locale].filter(Boolean).join('-');
    await gallery.show(cell, looks);
    // Browsers of another version draw edges a little differently.
    await expect.soft(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.01, threshold: 0.3 });
  }
});
