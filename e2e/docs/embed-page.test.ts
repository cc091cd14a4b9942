import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CustomElementDeclaration } from 'custom-elements-manifest';
import { customElementsManifest } from '../../custom-elements-manifest.ts';
import type { ExitReason, Result } from '../../widget/host/events.ts';
import type { SurfaceName } from '../../widget/hecto-onboarding.ts';
import { projectFolder } from './pages.ts';

const element = customElementsManifest().modules[0]?.declarations?.[0] as CustomElementDeclaration;
const reasons = Object.keys({
  completed: true,
  cancelled: true,
  closed: true,
  failed: true,
  expired: true,
  'taken-over': true,
  'not-authorized': true,
  unavailable: true,
} satisfies Record<ExitReason, true>);
const ends = Object.keys({ success: true, exit: true, error: true } satisfies Record<Result['type'], true>);
const surfaces = Object.keys({
  frame: true,
  modal: true,
  inline: true,
  'modal-inline': true,
} satisfies Record<SurfaceName, true>);

describe.each([
  ['docs/embed.md', '| name |'],
  ['docs/embed.ko.md', '| 이름 |'],
])('%s', (path, ofMembers) => {
  const text = readFileSync(join(projectFolder, path), 'utf8');
  /** What stands in the first column of the table that begins so. */
  const named = (head: string) =>
    text
      .slice(text.indexOf(`\n${head}`))
      .trimStart()
      .split('\n\n')[0]!
      .split('\n')
      .flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
      .filter((name) => !head.includes(name));

  test('names every property and method of the element', () => {
    expect(named(ofMembers).sort()).toEqual(element.members?.map(({ name }) => name).sort());
  });

  test('names every way it can end', () => {
    expect(named('| `type` |')).toEqual(ends);
    expect(named('| `reason` |')).toEqual(reasons);
  });

  test('names every surface', () => {
    expect(named('| `surface` |')).toEqual([...surfaces, 'hosted']);
  });

  test('names every code that the element itself reports', () => {
    const sources = ['hecto-onboarding.ts', 'surfaces/frame.ts', 'package/react.ts'].map((file) =>
      readFileSync(join(projectFolder, 'widget', file), 'utf8'),
    );
    const reported = new Set(sources.flatMap((source) => source.match(/'[\w-]+-(started|loaded)'/g) ?? []));
    expect(named('| `error.code` |').filter((code) => !reasons.includes(code))).toEqual(
      [...reported].map((code) => code.replaceAll("'", '')),
    );
  });
});
