import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { CustomElementDeclaration, Package } from 'custom-elements-manifest';
import { project } from './readme.ts';
import { bff, serve } from './static-page.ts';

/** The published description of the element beside the built element itself. */
const { modules } = JSON.parse(
  readFileSync(join(project, 'dist/package/custom-elements.json'), 'utf8'),
) as Package;
const element = modules[0]?.declarations?.[0] as CustomElementDeclaration;
const names = (of: readonly { readonly name: string }[] = []) => of.map(({ name }) => name).sort();

test('has the attributes, properties, methods and parts of the element', async ({ page }) => {
  await serve(page);
  await page.addScriptTag({ url: `${bff}/widget/1/hecto-onboarding.classic.js` });
  const real = await page.evaluate(() => {
    const actual = customElements.get('hecto-onboarding')!;
    return {
      attributes: [...(Reflect.get(actual, 'observedAttributes') as string[])].sort(),
      members: [
        ...Object.keys(Object.getOwnPropertyDescriptors(actual)),
        ...Object.getOwnPropertyNames(actual.prototype),
      ],
    };
  });
  expect(names(element.attributes)).toEqual(real.attributes);
  const ours = real.members.filter(
    (name) => !/Callback$|^(constructor|length|name|prototype|observedAttributes)$/.test(name),
  );
  // A plain field, which is there once a page has set it.
  expect(names(element.members)).toEqual([...ours, 'fetchClientToken'].sort());

  const parts = await page.evaluate(async () => {
    const modal = document.createElement('hecto-onboarding');
    modal.setAttribute('surface', 'modal');
    modal.fetchClientToken = () => Promise.resolve('ct_1');
    document.body.append(modal);
    void modal.open();
    await new Promise((later) => setTimeout(later));
    return [...modal.shadowRoot!.querySelectorAll('[part]')].flatMap(({ part }) => [...part]);
  });
  expect(names(element.cssParts)).toEqual(parts.sort());
});

test('has every token that the widget uses', () => {
  const folder = join(project, 'dist/widget');
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js') && !/^(self-test|appearance-check)\.js$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  const used = new Set(scripts.flatMap((text) => text.match(/--hecto-[a-z-]*[a-z]\b/g) ?? []));
  used.delete('--hecto-keyboard'); // how much of the window a keyboard covers: for the widget itself to set
  expect(names(element.cssProperties)).toEqual([...used].sort());
});
