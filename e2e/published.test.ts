import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { CustomElementDeclaration } from 'custom-elements-manifest';
import schema from 'custom-elements-manifest/schema.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { customElementsManifest } from '../custom-elements-manifest.ts';
import type { HectoEventName } from '../widget/host/events.ts';

/** What merchants are told about the element: the manifest of the package and both READMEs. */
const manifest = customElementsManifest();
const element = manifest.modules[0]?.declarations?.[0] as CustomElementDeclaration;
const readmes = ['README.md', 'README.ko.md'];

const events = Object.keys({
  'hecto-ready': true,
  'hecto-step': true,
  'hecto-success': true,
  'hecto-exit': true,
  'hecto-error': true,
  'hecto-network': true,
  'hecto-external-app': true,
} satisfies Record<HectoEventName, true>).sort();

const names = (of: readonly { readonly name: string }[] = []) => of.map(({ name }) => name).sort();

const read = (readme: string) => readFileSync(join(import.meta.dirname, '..', readme), 'utf8');

/** The first column of the table under these words. */
function tableOf(readme: string, heading: string): string[] {
  const text = read(readme);
  const table = text.slice(text.indexOf(heading)).split('\n\n')[0]!;
  return [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!).sort();
}

test('the manifest is one that tools can read', () => {
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(schema, manifest), ajv.errorsText()).toBe(true);
});

test('the manifest says something about everything of the element', () => {
  expect(element).toMatchObject({
    name: 'HectoOnboarding',
    tagName: 'hecto-onboarding',
    customElement: true,
  });
  const told = [element, ...(element.members ?? []), ...(element.events ?? [])];
  for (const { name, description } of [...told, ...(element.attributes ?? []), ...(element.cssParts ?? [])])
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/\.$/) as unknown });
});

test('types, manifest and both READMEs name the same events', () => {
  expect(names(element.events)).toEqual(events);
  for (const readme of readmes)
    expect(tableOf(readme, readme === 'README.md' ? '| event |' : '| 이벤트 |')).toEqual(events);
});

test('the manifest and both READMEs name the same attributes', () => {
  for (const readme of readmes)
    expect(tableOf(readme, readme === 'README.md' ? '| attribute |' : '| 속성 |')).toEqual(
      names(element.attributes),
    );
});

test('both READMEs have the same code, so that running that of one is enough', () => {
  const [english, korean] = readmes.map((readme) =>
    [...read(readme).matchAll(/^```\w+\n[\s\S]*?^```$/gm)].map(([code]) =>
      // But for comments and what stands between tags.
      code.replace(/\/\/ .*$/gm, '//').replace(/>[^<>{}\n]+</g, '><'),
    ),
  );
  expect(english).toHaveLength(9);
  expect(korean).toEqual(english);
});

test.each(['server.mjs', 'index.html'])('the example in plain HTML has the %s of the README', (name) => {
  const example = readFileSync(join(import.meta.dirname, '../docs/examples/plain-html', name), 'utf8');
  const [first] = example.split('\n');
  expect(first).toContain(name);
  expect(read('README.md')).toContain(`\n\`\`\`${name === 'server.mjs' ? 'js' : 'html'}\n${example}\`\`\`\n`);
});
