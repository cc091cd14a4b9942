import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { System } from '../../../services/testing/start-system.ts';
import { opened, phaseOf, shows } from './older-widget.ts';

/*
 * R40 The ways of a customer with the widget of version 1.0.0: by text message and by PASS, with every phase of call and
 * password, back, resent, given up, with what the merchant fills in. Beside this: refusals.test.ts for what goes wrong at
 * each step, and sessions.test.ts for the pages it runs in, tokens, long polls and problem answers. Not here: how an
 * older script on the merchant's page and a newer frame speak with each other.
 */
let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

const texts = { ko: expect.stringMatching(/./) as unknown, en: expect.stringMatching(/./) as unknown };

describe('R40 with the widget of version 1.0.0 a customer', () => {
  test('comes from the first screen to the last by text message, and sets a password', async () => {
    const widget = await opened(system);
    shows(widget.state, 'terms');
    shows(await widget.agree(), 'identity');
    expect(shows(await widget.identify(), 'code')).toMatchObject({ sendsLeft: 4 });
    shows(await widget.enterCode(), 'account');
    expect(shows(await widget.chooseAccount(), 'ars')).toMatchObject({
      ars: { phase: 'ready' },
      callsLeft: 3,
      known: { account: { bankCode: '088', bankName: { ko: '신한은행' }, maskedNumber: '****9876' } },
    });
    expect(shows(await widget.does('ars-calls'), 'ars')).toMatchObject({
      ars: { phase: 'calling' },
      callsLeft: 2,
    });
    await widget.answersCall();
    const password = await widget.waitsFor(({ step }) => step === 'password');
    expect(shows(password, 'password')).toMatchObject({ phase: 'enter', triesLeft: 5 });
    expect(shows(await widget.types('482913'), 'password')).toMatchObject({ phase: 'repeat' });
    expect(shows(await widget.types('482913'), 'done')).toMatchObject({
      account: { bankCode: '088', maskedNumber: '****9876' },
      alreadyRegistered: false,
    });
  });

  test('comes to the last screen by PASS, with the password that exists', async () => {
    const widget = await opened(system);
    await system.control('/passwords', { customerId: widget.handset.id, password: '903817' });
    await widget.agree();
    shows(await widget.identify('pass'), 'pass');
    await widget.handset.approvePass();
    shows(await widget.does('pass'), 'account');
    await widget.chooseAccount('3333011234567', '090');
    await widget.does('ars-calls');
    await widget.answersCall();
    await widget.waitsFor(({ step }) => step === 'password');
    shows(await widget.types('903817'), 'done');
  });

  test('chooses a password where the merchant keeps it', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'own' } });
    await widget.reaches('password');
    expect(widget.state).toMatchObject({ phase: 'set' });
    expect(shows(await widget.types('482913'), 'password')).toMatchObject({ phase: 'repeat' });
    shows(await widget.types('482913'), 'done');
  });

  test('is asked for no password where the merchant wants none, and sees an account that was there before', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'skip' } });
    await widget.reaches('account');
    await widget.chooseAccount('110432109108');
    await widget.does('ars-calls');
    await widget.answersCall();
    const done = await widget.waitsFor(({ step }) => step === 'done');
    expect(shows(done, 'done')).toMatchObject({ alreadyRegistered: true });
  });

  test('waits while the account is registered, and while its lost answer is looked up, and sees no failure', async () => {
    const widget = await opened(system, { flow: { paymentPassword: 'skip' } });
    await widget.reaches('ars');
    await system.fault('accountRegistration', 'delay', { delayMs: 1_500 });
    await widget.does('ars-calls');
    await widget.answersCall();
    shows(await widget.waitsFor((state) => phaseOf(state) === 'registering'), 'ars');
    await widget.waitsFor(({ step }) => step === 'done');

    const unlucky = await opened(system, { flow: { paymentPassword: 'skip' } });
    await unlucky.reaches('ars');
    await system.fault('accountRegistration', 'lost-answer');
    await unlucky.does('ars-calls');
    await unlucky.answersCall();
    const confirming = await unlucky.waitsFor((state) => phaseOf(state) === 'confirming');
    expect(shows(confirming, 'ars')).not.toHaveProperty('refusal');
    system.pass(36);
    shows(await unlucky.waitsFor(({ step }) => step === 'done'), 'done');
  });

  test('has the code or the PASS request sent again', async () => {
    const widget = await opened(system);
    const first = await widget.reaches('code').then(() => widget.state);
    system.pass(30);
    const second = shows(await widget.does('resend'), 'code');
    expect(second).not.toHaveProperty('refusal');
    expect(second).toMatchObject({ sendsLeft: 3 });
    // By this the screen knows that there is a new code.
    expect(second['expiresAt']).not.toBe(first['expiresAt']);
    shows(await widget.enterCode(), 'account');

    const other = await opened(system);
    await other.reaches('identity');
    await other.identify('pass');
    system.pass(30);
    shows(await other.does('resend'), 'pass');
  });

  test('goes back and finds what was typed, also by text message instead of PASS', async () => {
    const widget = await opened(system);
    await widget.reaches('identity');
    await widget.identify('pass');
    expect(shows(await widget.does('back', { to: 'identity' }), 'identity')).toMatchObject({
      prefill: { name: '김민서', phone: widget.handset.phone },
    });
    system.pass(30);
    shows(await widget.identify(), 'code');
    shows(await widget.does('back', { to: 'identity' }), 'identity');
    system.pass(60);
    await widget.identify();
    await widget.enterCode();
    await widget.chooseAccount();
    shows(await widget.does('back', { to: 'account' }), 'account');
    shows(await widget.chooseAccount(), 'ars');
  });

  test.each(['identity', 'code', 'account', 'ars'] as const)('gives up at %s', async (step) => {
    const widget = await opened(system, { returnUrl: 'http://localhost:4000/' });
    await widget.reaches(step);
    const cancelled = shows(await widget.does('cancel'), 'cancelled');
    // No account: the widget leaves at once, to where the merchant wants the customer.
    expect(cancelled['known']).not.toHaveProperty('account');
    expect(cancelled['returnUrl']).toBe('http://localhost:4000/');
  });

  test('gives up at the password and is told that the account stays registered', async () => {
    const widget = await opened(system);
    await widget.reaches('password');
    expect(shows(await widget.does('cancel'), 'cancelled')).toMatchObject({
      known: { account: { bankCode: '088', bankName: texts, maskedNumber: '****9876' } },
    });
  });
});

describe('R40 the widget of version 1.0.0 reads', () => {
  test('what the merchant filled in, the language, and the way back', async () => {
    const widget = await opened(system, {
      prefill: { name: '김민서', phone: '010-5555-0101' },
      locale: 'en',
      returnUrl: 'http://localhost:4000/',
    });
    expect(widget.state).toMatchObject({ locale: 'en', returnUrl: 'http://localhost:4000/' });
    expect(shows(await widget.agree(), 'identity')).toMatchObject({
      prefill: { name: '김민서', phone: '01055550101' },
      returnUrl: 'http://localhost:4000/',
    });
    const plain = await opened(system);
    expect(plain.state).not.toHaveProperty('returnUrl');
    expect(await plain.agree()).not.toHaveProperty('prefill');
  });

  test('every document with its text and the proof of it', async () => {
    const widget = await opened(system);
    const documents = await widget.documents();
    expect(documents.map(({ required }) => required)).toContain(false);
    for (const { documentId, version, title, required, text, sha256 } of documents) {
      expect({ documentId, version, title, required, text }).toEqual({
        documentId: expect.any(String) as unknown,
        version: expect.any(String) as unknown,
        title: expect.stringMatching(/./) as unknown,
        required: expect.any(Boolean) as unknown,
        text: expect.stringMatching(/./) as unknown,
      });
      expect(sha256).toBe(createHash('sha256').update(String(text)).digest('hex'));
    }
  });

  test('every bank, and at midnight from when to when it is closed', async () => {
    const night = await System.start();
    try {
      night.pass(13 * 3600 + 58 * 60); // 23:58 in Korea
      const widget = await opened(night);
      const banks = await widget.banks();
      expect(banks).toContainEqual(expect.objectContaining({ code: '278', kind: 'securities' }));
      for (const bank of banks)
        expect(bank).toMatchObject({
          code: expect.stringMatching(/^\d{3}$/) as unknown,
          name: texts,
          kind: expect.stringMatching(/^(bank|securities)$/) as unknown,
          usable: expect.any(Boolean) as unknown,
        });
      const closed = banks.find(({ maintenance }) => maintenance)!;
      expect(closed['maintenance']).toMatchObject({
        from: expect.stringMatching(/^\d\d:\d\d$/) as unknown,
        to: expect.stringMatching(/^\d\d:\d\d$/) as unknown,
        opensAt: expect.stringMatching(/Z$/) as unknown,
      });
      await widget.reaches('account');
      const { opensAt } = closed['maintenance'] as { opensAt: string };
      // By the code's beginning the screen knows that it is about the bank and not about the number.
      expect(await widget.chooseAccount('110432109876', String(closed['code']))).toMatchObject({
        step: 'account',
        refusal: { code: 'bank-maintenance', retryable: true, text: texts, opensAt },
      });
    } finally {
      await night.stop();
    }
  });
});
