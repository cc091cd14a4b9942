import { expect, minutes, test } from '../fixtures.ts';

test('S60 a wrong code can be corrected', async ({ walk, phone }) => {
  const widget = await walk.toCode();
  const code = await phone.code();
  await widget.code.enter(code === '000000' ? '111111' : '000000');
  await expect(widget.refusal('code-wrong')).toBeVisible();

  await widget.code.enter(code);
  await expect(widget.account.heading).toBeVisible();
});

test('S60 a code that came too late is replaced by a new one', async ({ walk, phone, clock }) => {
  const widget = await walk.toCode();
  const late = await phone.code();
  clock.advance(minutes(3.1));
  await widget.code.enter(late);
  await expect(widget.refusal('code-expired')).toBeVisible();

  await widget.code.resend.click();
  await expect(widget.root.getByText(widget.text.code.resent)).toBeVisible();
  await widget.code.enter(await phone.code(late));
  await expect(widget.account.heading).toBeVisible();
});

test('a mistyped number can be changed, and nothing else is asked again', async ({
  walk,
  phone,
  clock,
  customer,
}) => {
  const widget = await walk.toCode();
  const first = await phone.code();
  await widget.code.changeNumber.click();
  await expect(widget.identity.name).toHaveValue(customer.name);
  await expect(widget.identity.birth).toHaveValue(customer.birth);

  clock.advance(minutes(1));
  await widget.identity.phone.fill(customer.phone);
  await widget.identity.sms.click();
  await widget.code.enter(await phone.code(first));
  await expect(widget.account.heading).toBeVisible();
});
