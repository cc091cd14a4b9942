import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import ko from '../../text/ko.ts';
import { documents, Service, settled, show } from '../stage.ts';

const box = (name: string) => page.getByRole('checkbox', { name });
const agree = page.getByRole('button', { name: ko.terms.agree });

test('nothing is ticked for the customer, least of all the optional terms', async () => {
  await show({ step: 'terms' });
  for (const name of ['전체', '약관', '개인정보', '소식']) await expect.element(box(name)).not.toBeChecked();
});

test('refusing the optional terms does not stop the customer', async () => {
  const { commands } = await show({ step: 'terms' });
  await box('약관').click();
  await box('개인정보').click();
  await agree.click();
  expect(commands).toMatchObject([
    { type: 'consents', items: [{ agreed: true }, { agreed: true }, { agreed: false }] },
  ]);
});

test('without a required consent nothing is sent; the customer is told and led there', async () => {
  const { commands, root } = await show({ step: 'terms' });
  await box('약관').click();
  await agree.click();
  expect(commands).toEqual([]);
  await expect.element(page.getByText(ko.terms.missing)).toBeVisible();
  expect(root.activeElement?.closest('label')?.textContent).toContain('개인정보');
});

test('the box for all stands for all of them and shows when it is only some', async () => {
  const { commands, screen } = await show({ step: 'terms' });
  const all = box('전체');
  await box('소식').click();
  await settled(screen);
  await expect.element(all).toBePartiallyChecked();
  await all.click();
  await expect.element(box('소식')).toBeChecked();
  await agree.click();
  expect(commands).toMatchObject([{ items: documents.map(() => ({ agreed: true })) }]);
});

test('the full text opens as text, never as HTML, and having read it is part of the record', async () => {
  const { commands, root } = await show({ step: 'terms' });
  await page.getByRole('button', { name: '개인정보 내용 보기' }).click();
  const article = root.querySelector('article');
  expect(article?.querySelector('img')).toBeNull();
  expect(article?.querySelector('p')?.textContent).toBe('<img src=x onerror=alert(1)> 첫 문단 이어지는 줄');
  expect(article?.querySelectorAll('li')).toHaveLength(2);
  await page.getByRole('button', { name: ko.common.confirm }).click();
  await box('전체').click();
  await agree.click();
  expect(commands).toMatchObject([{ items: [{ opened: false }, { opened: true }, { opened: false }] }]);
});

test('what is recorded names document, version and hash of the exact text', async () => {
  const { commands } = await show({ step: 'terms' });
  await box('전체').click();
  await agree.click();
  const [{ documentId, version, sha256 }] = documents as [(typeof documents)[number]];
  expect(commands).toMatchObject([{ items: [{ documentId, version, sha256 }, {}, {}] }]);
});

test('terms that do not load can be asked for again', async () => {
  let tries = 0;
  const terms = () => (tries++ ? Promise.resolve(documents) : Promise.reject(new Error('lost')));
  await show({ step: 'terms' }, { service: Object.assign(new Service(), { terms }) });
  await page.getByRole('button', { name: ko.shell.retry }).click();
  await expect.element(box('약관')).toBeVisible();
});
