import { refusalCodes } from '../../shared/api/refusals.ts';
import { arsCodes, rejectCodes } from '../../shared/hecto/codes.ts';
import { sightOf } from './sight.ts';
import { cells, expect, test, type Looks } from './fixture.ts';

const rooms = [
  { width: 360, height: 740, looks: { locale: 'ko', theme: 'light' } },
  { width: 1280, height: 800, looks: { locale: 'en', theme: 'dark' } },
] as const satisfies readonly { width: number; height: number; looks: Looks }[];

for (const { width, height, looks } of rooms) {
  test.describe(`at ${width}x${height} in ${looks.locale}`, () => {
    test.use({ viewport: { width, height } });

    test('every cell is whole: a heading, all its words, nothing cut off, no error', async ({
      gallery,
      page,
    }) => {
      for (const cell of cells) {
        await gallery.show(cell, looks);
        const { headings, missing, cutOff, sidewaysBy } = await page.evaluate(sightOf);
        const facts = {
          headings: headings.length,
          missing,
          cutOff,
          sidewaysBy,
          errors: gallery.complaints(),
        };
        const whole = { headings: 1, missing: [], cutOff: [], sidewaysBy: 0, errors: [] };
        expect.soft(facts, cell.id).toEqual(cell.bff.start === 'never' ? { ...whole, headings: 0 } : whole);
      }
    });
  });
}

test('every refusal, and every code of Hecto’s that leads to one, has its cell', () => {
  const titles = cells.filter(({ group }) => group === 'refusals').map(({ title }) => title.split(' ')[0]);
  expect(titles).toEqual(expect.arrayContaining([...refusalCodes]));
  const found = cells.flatMap(({ title }) => title.split(' '));
  expect(found).toEqual(expect.arrayContaining(Object.keys(rejectCodes)));
  expect(found).toEqual(
    expect.arrayContaining(Object.keys(arsCodes).filter((code) => typeof arsCodes[code] !== 'string')),
  );
});
