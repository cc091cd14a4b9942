import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { customElementsManifest } from '../custom-elements-manifest.ts';

const project = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const { declarations } = customElementsManifest().modules[0]!;
const element = declarations[0]!;

/** The names in the first column of a document's tables, as far as they look like that. */
const tableNames = (document: string, pattern: RegExp) =>
  [...read(document).matchAll(/^\| `([^`]+)` \|/gm)]
    .map(([, name]) => name!)
    .filter((name) => pattern.test(name));
const names = (of: readonly { readonly name: string }[]) => of.map(({ name }) => name).sort();

/** The members of `HectoEvents`, from its source. */
function eventTypes(): string[] {
  const file = ts.createSourceFile('events.ts', read('widget/host/events.ts'), ts.ScriptTarget.ES2022, true);
  const alias = file.statements
    .filter(ts.isTypeAliasDeclaration)
    .find(({ name }) => name.text === 'HectoEvents')!.type as ts.TypeLiteralNode;
  return alias.members.map((member) => (member.name as ts.StringLiteral).text).sort();
}

test('the manifest describes the one public element', () => {
  expect(declarations).toHaveLength(1);
  expect(element).toMatchObject({
    name: 'HectoOnboarding',
    tagName: 'hecto-onboarding',
    customElement: true,
  });
  expect(names(element.members)).toEqual(
    expect.arrayContaining([
      'appearance',
      'clientToken',
      'close',
      'create',
      'fetchClientToken',
      'messages',
      'open',
    ]),
  );
  for (const { name, description } of [...element.events, ...element.attributes])
    expect({ name, description }).toEqual({ name, description: expect.stringMatching(/\.$/) as unknown });
});

test('types, manifest and both READMEs name the same events', () => {
  expect(names(element.events)).toEqual(eventTypes());
  for (const readme of ['README.md', 'README.ko.md'])
    expect(tableNames(readme, /^hecto-/).sort()).toEqual(eventTypes());
});

test('the element, the manifest and both READMEs name the same attributes', () => {
  const observed = /observedAttributes = \[(.*?)\]/s.exec(read('widget/hecto-onboarding.ts'))![1]!;
  const attributes = [...observed.matchAll(/'([^']+)'/g)].map(([, name]) => name!).sort();
  expect(names(element.attributes)).toEqual(attributes);
  for (const readme of ['README.md', 'README.ko.md'])
    expect(tableNames(readme, /^(client-token|surface|locale|theme)$/).sort()).toEqual(attributes);
});
