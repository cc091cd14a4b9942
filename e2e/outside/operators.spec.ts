import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { fill, password, startOperatorSystem, type OperatorSystem } from './operator-system.ts';

const test = base.extend<object, { operators: OperatorSystem }>({
  operators: [
    async ({}, use) => {
      const system = await startOperatorSystem();
      await fill(system);
      await use(system);
      await system.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.use({ httpCredentials: { username: 'kim', password } });
// One system, one story: first what it shows, then what operators do with it.
test.describe.configure({ mode: 'serial' });

const unknown = (page: Page) => page.getByRole('table', { name: /결과를 모르는 거래|Unknown outcomes/ });

for (const locale of ['ko', 'en'])
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [360, 1280])
      test(`is without barriers and fits: ${locale}, ${colorScheme}, ${width} px`, async ({
        page,
        operators,
      }) => {
        const broken: string[] = [];
        page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        await page.goto(`${operators.opsUrl}?lang=${locale}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(
          locale === 'ko' ? '운영 현황' : 'Operations',
        );
        // Tables stay tables, however they look.
        await expect(unknown(page).getByRole('rowheader').first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
        for (const fontSize of ['100%', '200%']) {
          await page.evaluate((size) => (document.documentElement.style.fontSize = size), fontSize);
          const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(tooWide, `wider than the window at ${fontSize}`).toBeLessThanOrEqual(0);
          const outOfCards = await page
            .locator('section')
            .evaluateAll((sections) =>
              sections.filter((section) => section.scrollWidth > section.clientWidth).map(({ id }) => id),
            );
          expect(outOfCards, `wider than their card at ${fontSize}`).toEqual([]);
        }
        expect(broken).toEqual([]);
      });

test('asks about an unknown payment by keyboard, tells what came of it, and keeps the reader’s place', async ({
  page,
  operators,
}) => {
  await page.goto(operators.opsUrl);
  const ask = page.getByRole('button', { name: 'ORDER-1002 지금 확인' });
  await expect(unknown(page)).toContainText('45,500원');
  await operators.hectoIsBack();
  await ask.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('성공한 거래로 확인됐어요.');
  await expect(ask).toHaveCount(0);
  await expect(page.getByRole('heading', { name: '결과를 모르는 거래' })).toBeFocused();
  const did = page.getByRole('table', { name: '운영자 기록' }).getByRole('row').nth(1);
  await expect(did).toContainText('kim');
  await expect(did).toContainText('지금 확인');
});

test('sends an event again by keyboard, in English, and the button keeps the focus', async ({
  page,
  operators,
}) => {
  operators.webhookStatus = 204;
  await page.goto(`${operators.opsUrl}?lang=en`);
  const again = page.getByRole('button', { name: /Send payment\.succeeded/ }).last();
  const id = (await again.getAttribute('id'))!.replace('replay-', '');
  const before = operators.arrivals.filter((arrival) => arrival === id).length;
  await again.focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('status')).toHaveText('It is sent again at once.');
  await expect(again).toBeFocused();
  await expect
    .poll(() => operators.arrivals.filter((arrival) => arrival === id).length)
    .toBeGreaterThan(before);
});

test('refreshes without loading the page anew', async ({ page, operators }) => {
  await page.goto(operators.opsUrl);
  await page.evaluate(() => Object.assign(window, { stays: true }));
  await operators.pay(9_900, 'ORDER-1003', true);
  await page.getByRole('button', { name: '새로고침' }).click();
  await expect(page.getByRole('status')).toHaveText('새로 불러왔어요.');
  await expect(unknown(page)).toContainText('ORDER-1003');
  expect(await page.evaluate(() => 'stays' in window)).toBe(true);
});

test('S20 says so when what it asks is refused, and nothing happens', async ({ page, operators }) => {
  await page.goto(operators.opsUrl);
  await page.locator('#content').evaluate((content) => (content.dataset['token'] = 'stale'));
  await page.getByRole('button', { name: 'ORDER-1003 지금 확인' }).click();
  await expect(page.getByRole('status')).toContainText('처리하지 못했어요');
  await expect(page.getByRole('button', { name: 'ORDER-1003 지금 확인' })).toBeVisible();
});
