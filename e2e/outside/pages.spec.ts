import { expect, test as base } from '../fixtures.ts';
import { Walk } from '../walk.ts';
import { buildApp, checkTypes, installIn } from './app.ts';
import { Merchant } from './merchant.ts';
import { version, type Readme } from './readme.ts';

/** Pages that are written from the README alone, outside of this project. */
const test = base.extend<{
  readme: Readme;
  merchant: Merchant;
  /** Takes the customer through on the merchant's page, from its button to the last screen. */
  registers: () => Promise<void>;
  /** What the page has asked the merchant's server and the BFF for so far. */
  asked: string[];
}>({
  readme: ['README.md', { option: true }],
  merchant: async ({ system, readme }, use) => {
    const merchant = new Merchant(readme, system);
    await merchant.serve();
    await use(merchant);
    await merchant.leave();
  },
  registers: async ({ page, system, shop, customer, phone }, use) =>
    use(async () => {
      const begin = async () => {
        await page.goto(system.spareUrl);
        await page.getByRole('button').click();
        await shop.widget.terms.heading.waitFor();
        return shop.widget;
      };
      const widget = await new Walk(begin, customer, phone).toDone();
      await widget.done.close.click();
      await expect(page.getByRole('status')).toContainText(`****${customer.accountNumber.slice(-4)}`);
    }),
  asked: async ({ page }, use) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await use(asked);
  },
});

const count = (asked: readonly string[], call: string) => asked.filter((one) => one === call).length;

/** A page in one piece, for the README's server serves one file. */
const pageOf = (
  body: string,
  script: string,
) => `<!doctype html><html lang="ko"><meta charset="utf-8"><title>상점</title>
  ${body}<script type="module">${script.replaceAll('</script', '<\\/script')}</script></html>`;

const button = '<main></main><button>계좌 등록하기</button><p role="status"></p>';

/** Runs code of the README when the button is pressed, and shows its result. */
const onClick = (code: string) => `
  document.querySelector('button').onclick = async () => {
    ${code}
    document.querySelector('p').textContent = result.account.maskedNumber;
  };`;

test('a plain page with a module', async ({ merchant, registers, page }) => {
  merchant.write('index.html', merchant.copy('<!-- index.html -->'));
  await registers();
  await expect(page.getByRole('status')).toContainText('success: completed');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('a plain page with the package', async ({ merchant, registers, page }) => {
  const { folder } = merchant;
  merchant.write(
    'page.js',
    merchant.copy('loadHectoOnboarding({') + onClick(merchant.copy('HectoOnboarding.create(')),
  );
  await installIn(folder);
  merchant.write('index.html', pageOf(button, await buildApp(folder, 'page.js')));
  await registers();
  await expect(page.locator('hecto-onboarding')).toHaveCount(0);
});

test.describe('from the Korean README', () => {
  test.use({ readme: 'README.ko.md' });

  test('a plain page with a classic script, pinned by its integrity', async ({
    merchant,
    registers,
    system,
    page,
  }) => {
    const manifest = await fetch(`${system.bffUrl}/widget/${version}/manifest.json`);
    const { files } = (await manifest.json()) as { files: Record<string, string> };
    const script = merchant
      .copy('integrity="sha384-…"')
      .replace('/1.0.0/', `/${version}/`)
      .replace('sha384-…', files['hecto-onboarding.classic.js']!);
    merchant.write('index.html', pageOf(script + button, onClick(merchant.copy('HectoOnboarding.create('))));
    await registers();
    await expect(page.locator('hecto-onboarding')).toHaveCount(0);
  });
});

/** What every new React app has. */
const main = `
  import { StrictMode } from 'react';
  import { createRoot } from 'react-dom/client';
  import { BankAccount } from './bank-account.tsx';

  createRoot(document.getElementById('root')).render(<StrictMode><BankAccount /></StrictMode>);
`;

for (const [react, readme, resolution] of [
  ['19', 'README.md', 'node16'],
  ['18', 'README.ko.md', 'bundler'],
] as const) {
  test.describe(`from ${readme}`, () => {
    test.use({ readme });

    test(`an app with React ${react}, in StrictMode`, async ({ merchant, registers, page, asked }) => {
      const { folder } = merchant;
      merchant.write('bank-account.tsx', merchant.copy('// bank-account.tsx'));
      merchant.write('main.tsx', main);
      await installIn(folder, react);
      const [script] = await Promise.all([
        buildApp(folder, 'main.tsx'),
        checkTypes(folder, resolution, 'bank-account.tsx'),
      ]);
      merchant.write('index.html', pageOf('<div id="root"></div>', script));

      await registers();
      // Mounted twice, and yet one token was asked for and one was used.
      expect(count(asked, 'POST /client-tokens')).toBe(1);
      expect(count(asked, 'POST /widget-api/v1/sessions')).toBe(1);
      await expect(page.locator('hecto-onboarding')).toHaveCount(0);
    });
  });
}
