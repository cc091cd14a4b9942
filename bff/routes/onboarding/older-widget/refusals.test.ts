import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System } from '../../../services/testing/start-system.ts';
import {
  instant,
  opened,
  phaseOf,
  refused,
  shows,
  type OlderState,
  type OlderWidget,
} from './older-widget.ts';

/*
 * R40 What the widget of version 1.0.0 shows when something is refused: the words, how many tries are left, when it is
 * worth trying again; and that the customer can go on from there as the screen offers it.
 */
let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const midnight = '2026-11-23T15:00:00.000Z';
const right = '482913';
const wrong = '903817';

const isReady = (state: OlderState) => phaseOf(state) === 'ready';

/** A widget at the password, whose customer has one at Hecto. */
async function atThePassword(): Promise<OlderWidget> {
  const widget = await opened(system);
  await system.control('/passwords', { customerId: widget.handset.id, password: right });
  return widget.reaches('password');
}

describe('R40 the widget of version 1.0.0 shows why', () => {
  test('a phone was not verified, and when the next message can be sent', async () => {
    const widget = await opened(system, {}, { phone: '01055558686' });
    await widget.reaches('identity');
    expect(shows(await widget.identify('pass'), 'identity')).toMatchObject({
      refusal: refused('phone-not-verified', true),
      prefill: { name: '김민서', phone: '01055558686' },
    });
    const other = await opened(system);
    await other.reaches('code');
    const { resendAt } = other.state;
    await other.does('back', { to: 'identity' });
    expect(shows(await other.identify(), 'identity')).toMatchObject({
      refusal: refused('too-soon', true, { opensAt: resendAt }),
    });
  });

  test('a code was not accepted, down to the last try', async () => {
    const widget = await opened(system);
    await widget.reaches('code');
    const code = await widget.handset.wrongCode();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(shows(await widget.does('code', { code }), 'code')).toMatchObject({
        refusal: refused('code-wrong', true, { triesLeft }),
      });
    }
    expect(shows(await widget.does('code', { code }), 'code')).toMatchObject({
      refusal: refused('code-tries-exhausted', false, { triesLeft: 0 }),
    });
    const { resendAt } = widget.state;
    expect(shows(await widget.does('resend'), 'code')).toMatchObject({
      refusal: refused('too-soon', true, { opensAt: resendAt }),
    });
    system.pass(30);
    expect(shows(await widget.does('resend'), 'code')).not.toHaveProperty('refusal');
    shows(await widget.enterCode(), 'account');
  });

  test('no further message is sent, and takes the offer away with the last one', async () => {
    const widget = await opened(system);
    await widget.reaches('code');
    for (const sendsLeft of [3, 2, 1, 0]) {
      system.pass(60);
      expect(await widget.does('resend')).toMatchObject({ sendsLeft });
    }
    system.pass(60);
    expect(shows(await widget.does('resend'), 'code')).toMatchObject({
      refusal: refused('code-sends-exhausted', false, { opensAt: midnight }),
    });
  });

  test('PASS is not finished, ran out, or was declined', async () => {
    const widget = await opened(system);
    await widget.reaches('identity');
    await widget.identify('pass');
    expect(shows(await widget.does('pass'), 'pass')).toMatchObject({
      refusal: refused('pass-not-finished', true),
    });
    system.pass(300);
    expect(shows(await widget.does('pass'), 'pass')).toMatchObject({
      refusal: refused('pass-expired', true),
    });
    shows(await widget.does('resend'), 'pass');
    await widget.handset.approvePass(false);
    expect(shows(await widget.does('pass'), 'identity')).toMatchObject({
      refusal: refused('phone-not-verified', true),
    });
  });

  test('an account is not confirmed, until no other can be tried today', async () => {
    const widget = await opened(system);
    await widget.reaches('account');
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(shows(await widget.chooseAccount('110432109001'), 'account')).toMatchObject({
        refusal: refused('account-not-confirmed', true, { triesLeft }),
      });
    }
    expect(shows(await widget.chooseAccount(), 'account')).toMatchObject({
      refusal: refused('account-checks-exhausted', false, { opensAt: midnight }),
    });
  });

  test('a call did not help, and when the next one can be had', async () => {
    const widget = await opened(system);
    await widget.reaches('ars');
    for (const callsLeft of [2, 1, 0]) {
      await widget.does('ars-calls');
      await widget.handset.declineCall();
      expect(shows(await widget.waitsFor(isReady), 'ars')).toMatchObject({
        refusal: refused('call-declined', true),
        callsLeft,
      });
      const { nextCallAt } = widget.state;
      expect(nextCallAt).toEqual(instant);
      if (callsLeft > 0)
        expect(shows(await widget.does('ars-calls'), 'ars')).toMatchObject({
          refusal: refused('too-soon', true, { opensAt: nextCallAt }),
        });
      system.pass(61);
    }
    // The screen has no button any more; a press that was under way is refused.
    expect(shows(await widget.does('ars-calls'), 'ars')).toMatchObject({
      refusal: refused('calls-exhausted', false),
    });
  });

  test('a call is asked for while one rings: the number on the screen stays', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'skip' } });
    await widget.reaches('ars');
    const { ars } = await widget.does('ars-calls');
    expect(shows(await widget.does('ars-calls'), 'ars')).toMatchObject({
      ars: ars as object,
      refusal: refused('too-soon', true, { opensAt: widget.state['nextCallAt'] }),
    });
    await widget.answersCall();
    shows(await widget.waitsFor(({ step }) => step === 'done'), 'done');
  });

  test('the registration was refused: back to the account', async () => {
    const widget = await opened(system);
    await widget.reaches('account');
    await widget.chooseAccount('110432109118');
    await widget.does('ars-calls');
    await widget.answersCall();
    expect(shows(await widget.waitsFor(({ step }) => step === 'account'), 'account')).toMatchObject({
      refusal: refused('account-not-usable', true),
    });
  });

  test('a password was wrong, down to the lock, which the phone opens', async () => {
    const widget = await atThePassword();
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(shows(await widget.types(wrong), 'password')).toMatchObject({
        phase: 'enter',
        triesLeft,
        refusal: refused('password-wrong', true, { triesLeft }),
      });
    }
    // By no tries left the screen knows that it has to offer the phone instead of the pad.
    expect(shows(await widget.types(wrong), 'password')).toMatchObject({
      triesLeft: 0,
      refusal: refused('password-locked', false),
    });
    expect(shows(await widget.does('back', { to: 'identity' }), 'identity')).toMatchObject({
      known: { account: { maskedNumber: '****9876' } },
    });
    shows(await widget.identify(), 'code');
    expect(shows(await widget.enterCode(), 'password')).toMatchObject({ phase: 'enter', triesLeft: 5 });
    shows(await widget.types(right), 'done');
  });

  test('a new password is too simple or was not repeated', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'own' } });
    await widget.reaches('password');
    expect(shows(await widget.types('123456'), 'password')).toMatchObject({
      phase: 'set',
      refusal: refused('password-too-simple', true),
    });
    expect(shows(await widget.types(right), 'password')).toMatchObject({ phase: 'repeat' });
    expect(shows(await widget.types(wrong), 'password')).toMatchObject({
      phase: 'set',
      refusal: refused('password-differs', true),
    });
  });

  test('the journey failed although the account is registered', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'hecto' } });
    await widget.reaches('password');
    expect(shows(await widget.types(right), 'failed')).toMatchObject({
      refusal: refused('password-not-set', false),
      known: { account: { bankCode: '088', maskedNumber: '****9876' } },
    });
  });

  test('an answer of Hecto got lost: nothing is used up', async () => {
    const widget = await opened(system);
    await widget.reaches('code');
    await system.fault('mobileVerificationCheck', 'reset-before-headers');
    expect(shows(await widget.enterCode(), 'code')).toMatchObject({ refusal: refused('no-answer', true) });
    shows(await widget.enterCode(), 'account');
  });
});
