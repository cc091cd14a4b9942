/** What is measured of every cell: that it is whole, and A01, A02, A11 and A12. One test after the other. */
import { refusalCodes } from '../../shared/api/refusals.ts';
import { arsCodes, rejectCodes } from '../../shared/hecto/codes.ts';
import { colourOf, contrast } from './contrast.ts';
import { cells, expect, test } from '../gallery/fixture.ts';
import { rooms, type Measures, type Room } from '../gallery/measures.ts';
import type { Sight } from '../gallery/sight.ts';

test.describe.configure({ mode: 'default' });

/** What `find` finds in each cell, in either language and every room. */
const findings = (
  measures: readonly Measures[],
  find: (sight: Sight, room: Room, cell: Measures['cell']) => readonly unknown[],
) =>
  measures.flatMap(({ cell, ko, en }) =>
    Object.entries({ ko, en }).flatMap(([locale, sights]) =>
      (Object.entries(sights) as [Room, Sight][]).flatMap(([room, sight]) =>
        find(sight, room, cell).map((found) => ({ cell: cell.id, locale, room, found })),
      ),
    ),
  );

test('every cell is whole: one headline, all its words, no error', ({ measures }) => {
  const oneHeadline = ({ headings }: Sight, _room: Room, cell: Measures['cell']) =>
    headings.length === (cell.bff.start === 'never' ? 0 : 1) ? [] : [headings];
  expect(findings(measures, oneHeadline)).toEqual([]);
  expect(findings(measures, ({ missing }) => missing)).toEqual([]);
  expect(measures.flatMap(({ errors }) => errors)).toEqual([]);
});

test('every refusal, and every code of Hecto’s that leads to one, has its cell', () => {
  const words = cells.filter(({ group }) => group === 'refusals').flatMap(({ title }) => title.split(' '));
  const refusing = Object.entries(arsCodes).filter(([, outcome]) => typeof outcome === 'object');
  expect(words).toEqual(
    expect.arrayContaining([...refusalCodes, ...Object.keys(rejectCodes), ...refusing.map(([code]) => code)]),
  );
});

test('A01 everything that can be pressed is at least 44 px high and wide', ({ measures }) => {
  const small = ({ targets }: Sight) => targets.filter(({ width, height }) => width < 44 || height < 44);
  expect(findings(measures, small)).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`A02 words on resting buttons and the edges of fields stand out, ${theme}`, ({ measures }) => {
    const faint = measures.flatMap(({ cell, [theme]: inks }) =>
      inks
        .map((ink) => ({ cell: cell.id, ...ink, reached: contrast(colourOf(ink.ink), colourOf(ink.ground)) }))
        .filter(({ kind, reached }) => reached < (kind === 'words' ? 4.5 : 3)),
    );
    expect(faint).toEqual([]);
  });
}

test('A11 help is the last thing on every screen, in the same place', ({ measures }) => {
  const elsewhere = ({ help }: Sight) =>
    help?.above === 8 && help.aside === 0 && help.last ? [] : [help ?? 'none'];
  expect(findings(measures, elsewhere)).toEqual([]);
});

test('A12 with reduced motion nothing moves but the ring of the call, which is a clock', ({ measures }) => {
  expect(findings(measures, ({ moving }) => moving.filter((name) => !/^circle#left/.test(name)))).toEqual([]);
});

test('A12 no words are cut off: at 360 and 1280 px, lying on its side, with text of 200 %', ({
  measures,
}) => {
  expect(findings(measures, ({ cutOff }) => cutOff)).toEqual([]);
  expect(findings(measures, ({ sidewaysBy }) => (sidewaysBy ? [sidewaysBy] : []))).toEqual([]);
});

test('A12 what stays in view leaves at least half of the height for the rest', ({ measures }) => {
  const wide = ({ pinned }: Sight, room: Room) => (pinned > rooms[room].height / 2 ? [pinned] : []);
  expect(findings(measures, wide)).toEqual([]);
});
