import { expect, test, vi } from 'vitest';
import { checkAppearance, complaintsAbout } from './appearance-check.ts';
import { HectoOnboarding } from './index.ts';

test('A02 our own colours leave nothing to complain about, in both themes', () => {
  expect(complaintsAbout({}, 'auto')).toEqual([]);
});

test("A02 a merchant's colour that is hard to read is named, with what it reaches and what it needs", () => {
  expect(complaintsAbout({ '--hecto-color-text-muted': 'oklch(0.75 0.02 250)' }, 'light')).toEqual(
    ['background', 'surface'].map(
      (ground) =>
        expect.stringMatching(
          `^--hecto-color-text-muted on --hecto-color-${ground} reaches a contrast of [12]\\.\\d:1 in the light theme, but needs 4\\.5:1`,
        ) as string,
    ),
  );
  expect(complaintsAbout({ '--hecto-color-line-strong': 'rgb(0 0 0 / 20%)' }, 'light')).toEqual([
    expect.stringContaining('needs 3:1'),
  ]);
});

test('a colour for the light theme alone is found out where the customer has a dark one', () => {
  const complaints = complaintsAbout({ '--hecto-color-text': '#191f28' }, 'auto');
  expect(complaints).not.toEqual([]);
  expect(complaints.filter((complaint) => !complaint.includes('in the dark theme'))).toEqual([]);
  expect(complaintsAbout({ '--hecto-color-text': '#191f28' }, 'light')).toEqual([]);
});

test('a misspelt token and a value that is not taken are told once', () => {
  expect(
    complaintsAbout(
      { '--hecto-colour-text': '#000', '--hecto-radius-m': 'url(https://shop.example/x)' },
      'auto',
    ),
  ).toEqual([
    '--hecto-colour-text is no token of the widget.',
    '--hecto-radius-m does not take "url(https://shop.example/x)".',
  ]);
});

test('it is said on the console, and leaves nothing on the page', () => {
  const before = [...document.body.children];
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  checkAppearance({ '--hecto-color-on-accent': '#1b64da' }, 'light');
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(
        '^<hecto-onboarding>: --hecto-color-on-accent on --hecto-color-accent reaches a contrast of 1.0:1',
      ),
    ],
  ]);
  expect([...document.body.children]).toEqual(before);
  warn.mockRestore();
});

test('the element checks what its page gives it when that page is on the own machine', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const element = new HectoOnboarding();
  element.appearance = { '--hecto-color-accent': '#eee' };
  element.clientToken = 'ct_unused';
  document.body.append(element);
  await vi.waitFor(() => expect(warn.mock.calls.flat().join()).toContain('--hecto-color-accent on'));
  element.remove();
  warn.mockRestore();
});
