import { expect, minutes, test } from '../fixtures.ts';

test('the password Hecto knows is asked for; a wrong one can be corrected', async ({
  walk,
  shop,
  testbed,
  customer,
}) => {
  await testbed.setPassword(await shop.customerId(), customer.pin);
  const widget = await walk.toPassword();
  await widget.password.enter('enter', '280519');
  await expect(widget.refusal('password-wrong')).toBeVisible();

  await widget.password.enter('enter', customer.pin);
  await expect(widget.done.heading).toBeVisible();
});

test('S66 five wrong passwords lock it; the phone, proven again, opens it', async ({
  walk,
  shop,
  testbed,
  phone,
  clock,
  customer,
}) => {
  await testbed.setPassword(await shop.customerId(), customer.pin);
  const widget = await walk.toPassword();
  for (const left of [4, 3, 2, 1]) {
    await widget.password.enter('enter', '280519');
    await expect(widget.triesLeft(left)).toBeVisible();
  }
  await widget.password.enter('enter', '280519');
  await expect(widget.refusal('password-locked')).toBeVisible();
  await expect(widget.password.pad).toBeHidden();

  const first = await phone.code();
  clock.advance(minutes(1));
  await widget.password.toPhone.click();
  await widget.identity.sms.click();
  await widget.code.enter(await phone.code(first));
  await widget.password.enter('enter', customer.pin);
  await expect(widget.done.heading).toBeVisible();
  expect(await testbed.countOf('accountRegistration')).toBe(1);
});

test('no password yet: one that differs when repeated is chosen again', async ({ walk, customer }) => {
  const widget = await walk.toPassword();
  await widget.password.enter('enter', customer.pin);
  await widget.password.enter('repeat', '280519');
  await expect(widget.refusal('password-differs')).toBeVisible();

  await widget.password.enter('set', customer.pin);
  await widget.password.enter('repeat', customer.pin);
  await expect(widget.done.heading).toBeVisible();
});

test('S67 a password that others would guess is refused', async ({ walk, customer }) => {
  const widget = await walk.toPassword();
  await widget.password.enter('enter', '123456');
  await expect(widget.refusal('password-too-simple')).toBeVisible();

  await widget.password.enter('set', customer.pin);
  await widget.password.enter('repeat', customer.pin);
  await expect(widget.done.heading).toBeVisible();
});
