import { expect, test as base } from '../fixtures.ts';
import { Walk } from '../walk.ts';
import { addReact, buildApp, checkTypes, installByNpm } from './app.ts';
import { Merchant } from './merchant.ts';
import { version } from './readme.ts';

/** Pages that are written from the README alone, outside of this project. */
const test = base.extend<{
  merchant: Merchant;
  /** The customer's way, from the button on the merchant's page. */
  walk: Walk;
  /** Takes the customer through, and back to what the page then says. */
  registers: () => Promise<void>;
  /** The customer begins, and changes their mind: quicker, where only the beginning and the end are news. */
  changesMind: () => Promise<void>;
  /** What the page has asked the merchant's server and the BFF for so far. */
  asked: string[];
}>({
  merchant: async ({ system }, use) => {
    const merchant = new Merchant(system);
    await merchant.serve();
    await use(merchant);
    await merchant.leave();
  },
  walk: async ({ page, system, shop, customer, phone }, use) => {
    const begin = async () => {
      await page.goto(system.spareUrl);
      await page.getByRole('button').click();
      await shop.widget.terms.heading.waitFor();
      return shop.widget;
    };
    await use(new Walk(begin, customer, phone));
  },
  registers: async ({ page, walk, customer }, use) =>
    use(async () => {
      const widget = await walk.toDone();
      await widget.done.close.click();
      await expect(page.getByRole('status')).toContainText(`****${customer.accountNumber.slice(-4)}`);
      await expect(page.locator('hecto-onboarding iframe')).toHaveCount(0);
    }),
  changesMind: async ({ page, walk }, use) =>
    use(async () => {
      const widget = await walk.toIdentity();
      await widget.closeButton.click();
      await widget.reallyLeave.click();
      await expect(page.getByRole('status')).toHaveText('exit cancelled');
      await expect(page.locator('hecto-onboarding')).toHaveCount(0);
    }),
  asked: async ({ page }, use) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await use(asked);
  },
});

const count = (asked: readonly string[], call: string) => asked.filter((one) => one === call).length;

/** A page in one piece, for the README's server serves one file. */
const pageOf = (body: string, script: string) =>
  `<!doctype html><html lang="ko"><meta charset="utf-8"><title>상점</title>
  ${body}<script type="module">${script.replaceAll('</script', '<\\/script')}</script></html>`;

const button = '<main></main><button>계좌 등록하기</button><p role="status"></p>';

/** Runs code of the README when the button is pressed, and shows its result. */
const onClick = (code: string) => `
  document.querySelector('button').onclick = async () => {
    ${code}
    document.querySelector('p').textContent = result.type + ' ' + result.reason;
  };`;

test('plain pages: a classic script with its integrity, the package, a module', async ({
  merchant,
  changesMind,
  registers,
  system,
  page,
}) => {
  const create = onClick(merchant.copy('HectoOnboarding.create('));
  await test.step('a classic script', async () => {
    const manifest = await fetch(`${system.bffUrl}/widget/${version}/manifest.json`);
    const { files } = (await manifest.json()) as { files: Record<string, string> };
    const script = merchant
      .copy('integrity="sha384-…"')
      .replace('/1.0.0/', `/${version}/`)
      .replace('sha384-…', files['hecto-onboarding.classic.js']!);
    merchant.write('index.html', pageOf(script + button, create));
    await changesMind();
  });

  await test.step('the package from npm', async () => {
    const { folder } = merchant;
    await installByNpm(folder);
    merchant.write('page.js', merchant.copy('await loadHectoOnboarding({') + create);
    merchant.write('index.html', pageOf(button, await buildApp(folder, 'page.js')));
    await changesMind();
  });

  await test.step('a module', async () => {
    merchant.write('index.html', merchant.copy('<!-- index.html -->'));
    await registers();
    await expect(page.getByRole('status')).toContainText('success: completed');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

/** What every new React app has. */
const main = `
  import { StrictMode } from 'react';
  import { createRoot } from 'react-dom/client';
  import { BankAccount } from './bank-account.tsx';

  createRoot(document.getElementById('root')).render(<StrictMode><BankAccount /></StrictMode>);
`;

test('a React app, in StrictMode', async ({ merchant, registers, page, asked }) => {
  const { folder } = merchant;
  merchant.write('bank-account.tsx', merchant.copy('// bank-account.tsx'));
  merchant.write('main.tsx', main);
  await installByNpm(folder);
  addReact(folder, '19');
  const [script] = await Promise.all([
    buildApp(folder, 'main.tsx'),
    checkTypes(folder, 'bundler', 'bank-account.tsx'),
  ]);
  merchant.write('index.html', pageOf('<div id="root"></div>', script));

  await registers();
  await expect(page.locator('hecto-onboarding')).toHaveCount(0);
  // Mounted twice, and yet one token was asked for and one was used.
  expect(count(asked, 'POST /client-tokens')).toBe(1);
  expect(count(asked, 'POST /widget-api/v1/sessions')).toBe(1);
});
