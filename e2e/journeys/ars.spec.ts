import type { RefusalCode } from '../../shared/api/refusals.ts';
import { expect, seconds, test } from '../fixtures.ts';
import type { MovableClock } from '../movable-clock.ts';
import type { VirtualPhone } from '../virtual-phone.ts';

type Stumble = {
  refusal: RefusalCode;
  happens: (at: { clock: MovableClock; phone: VirtualPhone; digits: string }) => Promise<void> | void;
};

const stumbles: Record<string, Stumble> = {
  'nobody answers': { refusal: 'call-not-answered', happens: ({ clock }) => clock.advance(seconds(31)) },
  'the wrong digits are pressed': {
    refusal: 'call-wrong-digits',
    happens: ({ phone, digits }) => phone.answer(digits === '11' ? '22' : '11'),
  },
  'the customer hangs up': { refusal: 'call-declined', happens: ({ phone }) => phone.hangUp() },
};

for (const [what, { refusal, happens }] of Object.entries(stumbles)) {
  test(`S64 ${what}: a second call a minute later succeeds`, async ({ walk, phone, clock }) => {
    const widget = await walk.toCall();
    await widget.ars.call.click();
    const first = await widget.ars.digits();
    await phone.ringing();
    await happens({ clock, phone, digits: first });
    await expect(widget.refusal(refusal)).toBeVisible();

    clock.advance(seconds(61));
    await widget.comeBack();
    await widget.ars.call.click();
    await phone.answer(await widget.ars.digits());
    await expect(widget.password.heading).toBeVisible();
  });
}

test('no call came: the customer reads why and asks for another one', async ({ walk, phone, clock }) => {
  const widget = await walk.toCall();
  await widget.ars.call.click();
  await widget.ars.notComing.click();
  await expect(widget.root.getByText(widget.text.ars.reasons[0]!)).toBeVisible();

  clock.advance(seconds(61));
  await widget.comeBack();
  await expect(widget.refusal('call-not-answered')).toBeVisible();
  await widget.ars.call.click();
  await phone.answer(await widget.ars.digits());
  await expect(widget.password.heading).toBeVisible();
});
