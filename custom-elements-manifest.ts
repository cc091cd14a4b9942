import { readFileSync } from 'node:fs';
import type {
  ClassField,
  ClassMember,
  ClassMethod,
  CustomElementDeclaration,
  Package,
} from 'custom-elements-manifest';
import ts from 'typescript';
import { tokens } from './widget/styles/tokens.ts';

/** The public element in its own words. */
const source = new URL('widget/hecto-onboarding.ts', import.meta.url);
/** Where the BFF serves the class and registers the tag. */
const path = 'hecto-onboarding.js';

/**
 * Describes the public element for editors and tools (https://github.com/webcomponents/custom-elements-manifest), from
 * its class, the comments there, and the tokens.
 */
export function customElementsManifest(): Package {
  const text = readFileSync(source, 'utf8');
  const file = ts.createSourceFile('hecto-onboarding.ts', text, ts.ScriptTarget.ES2022, true);
  const element = file.statements.filter(ts.isClassDeclaration)[0]!;
  const name = element.name!.text;
  const [tagName] = taggedWith('tagname', element).map((tag) => tag.name);
  const members = membersOf(element);

  const declaration: CustomElementDeclaration = {
    kind: 'class',
    customElement: true,
    name,
    tagName: tagName!,
    superclass: { name: 'HTMLElement' },
    ...described(element),
    members,
    attributes: taggedWith('attr', element).map((attribute) => {
      const fieldName = attribute.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
      return { ...attribute, ...(members.some((member) => member.name === fieldName) && { fieldName }) };
    }),
    events: taggedWith('fires', element).map(({ type, ...event }) => ({ ...event, type: type! })),
    cssParts: taggedWith('csspart', element),
    cssProperties: [...taggedWith('cssprop', element), ...tokensByName()],
  };
  return {
    schemaVersion: '2.1.0',
    modules: [
      {
        kind: 'javascript-module',
        path,
        declarations: [declaration],
        exports: [
          { kind: 'js', name, declaration: { name, module: path } },
          { kind: 'custom-element-definition', name: tagName!, declaration: { name, module: path } },
        ],
      },
    ],
  };
}

type Tagged = { name: string; description?: string; type?: { text: string }; default?: string };

/** Reads tags such as `@attr {'ko' | 'en'} [locale=ko] - The language.` */
function taggedWith(tag: string, node: ts.Node): Tagged[] {
  return ts
    .getJSDocTags(node)
    .filter(({ tagName }) => tagName.text === tag)
    .map(({ comment }) => {
      const words = ts.getTextOfJSDocComment(comment) ?? '';
      const [, type, plain, optional, value, description] =
        /^(?:\{(.+?)\} )?(?:([^\s[]+)|\[([^=\]]+)(?:=([^\]]+))?\])(?: - (.+))?$/s.exec(words) ?? [];
      return {
        name: (plain ?? optional)!,
        ...(description && { description: flat(description) }),
        ...(type && { type: { text: type } }),
        ...(value && { default: value.replaceAll("'", '') }),
      };
    });
}

/** Everything of the class that a page may use. What the browser calls is no member of anybody's. */
function membersOf(element: ts.ClassDeclaration): ClassMember[] {
  const members = new Map<string, ClassMember>();
  for (const member of element.members) {
    if (!member.name || !ts.isIdentifier(member.name)) continue;
    const { text: name } = member.name;
    if (/Callback$|^observedAttributes$/.test(name)) continue;
    const flags = ts.getCombinedModifierFlags(member);
    const common = { name, ...described(member), ...(flags & ts.ModifierFlags.Static && { static: true }) };
    if (ts.isMethodDeclaration(member)) members.set(name, methodOf(member, common));
    // A getter and its setter are one field: the getter has the words and what comes out.
    else if (!members.has(name)) members.set(name, fieldOf(member, common));
    else Reflect.deleteProperty(members.get(name)!, 'readonly');
  }
  return [...members.values()];
}

const methodOf = (method: ts.MethodDeclaration, common: { name: string }): ClassMethod => ({
  kind: 'method',
  ...common,
  parameters: method.parameters.map(({ name, type, initializer, questionToken }) => ({
    name: ts.isIdentifier(name) ? name.text : 'options',
    ...typed(type),
    ...((initializer ?? questionToken) && { optional: true }),
  })),
  return: typed(method.type),
});

const fieldOf = (member: ts.ClassElement, common: { name: string }): ClassField => ({
  kind: 'field',
  ...common,
  ...typed((member as ts.PropertyDeclaration | ts.GetAccessorDeclaration).type),
  ...((ts.isGetAccessor(member) || ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly) && {
    readonly: true,
  }),
});

const typed = (type: ts.TypeNode | undefined) => (type ? { type: { text: type.getText() } } : {});

/** The comment before something, without its tags. */
function described(node: ts.Node): { description?: string } {
  const words = ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment))
    .join(' ');
  return words ? { description: flat(words) } : {};
}

/** The tokens and their values in light, which come first. */
function tokensByName(): Tagged[] {
  const values = new Map<string, string>();
  for (const [, name, value] of tokens.cssText.matchAll(/(--hecto-[\w-]+):\s*([^;]+);/g))
    if (!values.has(name!)) values.set(name!, flat(value!));
  return [...values].map(([name, value]) => ({ name, default: value }));
}

const flat = (words: string) => words.replace(/\s+/g, ' ').trim();
