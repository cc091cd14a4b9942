import { expect, test } from '../fixtures.ts';

const someoneElses = '110222333444';

test('an account of somebody else is refused, another one is taken', async ({ walk, testbed, customer }) => {
  await testbed.seedAccount({ bankCode: customer.bankCode, accountNumber: someoneElses, holder: '김다른' });
  const widget = await walk.toAccount();
  await widget.account.choose(walk.bankName(widget), someoneElses);
  await expect(widget.refusal('account-not-confirmed')).toBeVisible();

  await widget.account.enter(customer.accountNumber);
  await expect(widget.ars.heading).toBeVisible();
});

test('R28 a bank under maintenance says until when, and another bank is taken', async ({
  walk,
  clock,
  customer,
}) => {
  clock.set(new Date('2026-11-23T23:42:00+09:00'));
  const widget = await walk.toAccount();
  const closed = widget.account.bank('신한은행');
  await expect(closed).toContainText('23:40-00:30 점검 중');
  await closed.click();
  await expect(widget.root.getByText(/신한은행 점검 시간이에요/)).toBeVisible();
  await expect(widget.account.heading).toBeVisible();

  await widget.account.choose(walk.bankName(widget), customer.accountNumber);
  await expect(widget.ars.heading).toBeVisible();
});

test('pasting bank and number in one go answers both questions', async ({ walk, customer }) => {
  const widget = await walk.toAccount();
  await widget.account.search.fill(`국민 ${customer.accountNumber}`);
  await expect(widget.account.numberHeading).toBeVisible();
  await widget.account.check.click();
  await expect(widget.ars.heading).toBeVisible();
});

test('R12 an account that was registered before is taken as it is', async ({
  walk,
  testbed,
  phone,
  customer,
}) => {
  const before = `${customer.accountNumber.slice(0, -4)}9108`;
  const widget = await walk.toAccount();
  await widget.account.choose(walk.bankName(widget), before);
  await widget.ars.call.click();
  await phone.answer(await widget.ars.digits());
  await walk.setPassword(widget);
  await expect(widget.done.alreadyHeading).toBeVisible();
  expect(await testbed.countOf('accountRegistration')).toBe(1);
});
