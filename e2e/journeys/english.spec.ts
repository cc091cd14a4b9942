import { expect, test } from '../fixtures.ts';

test.use({ variant: { surface: 'frame', locale: 'en', theme: 'light' } });

test('the whole journey in English, without a Korean word of ours', async ({ walk, phone, customer }) => {
  const widget = await walk.toMethod();
  // What the customer wrote and what others call themselves may well be Korean.
  const ours = async () => {
    const text = await widget.root.getByRole('main').innerText();
    return text.replaceAll(customer.name, '').replaceAll('서*늘', '').replaceAll('새벽콩 로스터스', '');
  };
  expect(await ours()).not.toMatch(/[가-힣]/);

  await widget.identity.sms.click();
  await widget.code.heading.waitFor();
  expect(await ours()).not.toMatch(/[가-힣]/);
  await widget.code.enter(await phone.code());

  await widget.account.heading.waitFor();
  expect(await ours()).not.toMatch(/[가-힣]/);
  await widget.account.choose(walk.bankName(widget), customer.accountNumber);
  await widget.ars.heading.waitFor();
  expect(await ours()).not.toMatch(/[가-힣]/);
  await widget.ars.call.click();
  await phone.answer(await widget.ars.digits());

  await walk.setPassword(widget);
  await widget.done.heading.waitFor();
  expect(await ours()).not.toMatch(/[가-힣]/);
});
