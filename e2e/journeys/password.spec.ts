import { expect, test } from '../fixtures.ts';

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
