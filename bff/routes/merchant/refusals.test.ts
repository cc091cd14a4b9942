import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isAboutTheService, refusalOf, rejectCodes, type Meaning } from '../../../shared/hecto/codes.ts';
import { endpointOf, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import {
  callRequest,
  deposited,
  newAccount,
  newCustomer,
  ownershipRequest,
  phoneRequest,
  phoneStarted,
  registered,
  remitted,
  ringing,
  withPassword,
  withRecurring,
} from '../../services/testing/merchant-world.ts';
import { System } from '../../services/testing/start-system.ts';

/* Each of Hecto's calls behind a resource refuses with each code that the contract prints. */

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());
beforeEach(() => system.control('/faults/clear', {}));

type Asked = { method: 'GET' | 'POST' | 'DELETE'; path: string; body?: object };
type Case = {
  /** What is asked. Where a refusal changes something, it is made anew for each code. */
  asked: () => Asked | Promise<Asked>;
  /** Where the rule (402, with our word and Hecto's codes) does not hold. */
  instead?: (code: string, meaning: Meaning) => object | undefined;
};
const get = (path: string): Asked => ({ method: 'GET', path });
const post = (path: string, body: object): Asked => ({ method: 'POST', path, body });
const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

const recurring = once(() => withRecurring(system));
const today = '2026-11-23';
const notFound = { status: 404, body: { code: 'not-found', refusal: 'transaction-not-found' } };
const holder = (change: object = {}) =>
  post('/v1/account-holder-checks', { customerId: newCustomer(), ...newAccount(), ...change });
/** What may have happened all the same is looked up and, where nothing shows, not known. */
const unlessOpen =
  (endedBefore: string, over: object) =>
  (code: string, meaning: Meaning): object | undefined => {
    if (code === endedBefore) return { status: 200, body: over };
    if (meaning.terminal) return undefined;
    return { status: 502, body: { code: 'hecto_unknown', refusal: meaning.code } };
  };

const cases: Partial<Record<EndpointName, Case>> = {
  accountList: { asked: () => get(`/v1/customers/${newCustomer()}/accounts`) },
  accountCancellation: {
    asked: async () => {
      const { customerId, accountKey } = await registered(system);
      return { method: 'DELETE', path: `/v1/customers/${customerId}/accounts/${accountKey}` };
    },
    instead: unlessOpen('ST53', { status: 'cancelled' }),
  },
  paymentPasswordConfirm: {
    asked: async () =>
      post(`/v1/customers/${await withPassword(system)}/payment-password/verifications`, {
        password: '482913',
      }),
    instead: (_, meaning) => ({
      body: {
        refusal: meaning.code,
        ...(!isAboutTheService(meaning) && meaning.code !== 'password-not-set' && { triesLeft: 4 }),
      },
    }),
  },
  accountHolderNameInquiry: { asked: () => holder({ holderName: '홍길동' }) },
  accountHolderNameConfirm: { asked: () => holder({ birthDate: '1992-03-15' }) },
  accountHolderNameInquiryWithAmount: { asked: () => holder({ amount: 1000, checkRegistrable: true }) },
  ownershipVerificationRequest: { asked: () => post('/v1/ownership-checks', ownershipRequest()) },
  accountOwnershipVerification: {
    asked: () => post('/v1/ownership-checks', { ...ownershipRequest(), passbookText: '인증4821' }),
  },
  ownershipVerificationCheck: {
    asked: async () => post(`/v1/ownership-checks/${(await deposited(system)).id}/confirm`, { code: '4821' }),
  },
  ownershipVerificationHistory: {
    asked: async () => get(`/v1/ownership-checks/${(await deposited(system)).id}`),
  },
  mobileVerificationRequest: { asked: () => post('/v1/phone-verifications', phoneRequest()) },
  mobileVerificationCheck: {
    asked: async () => {
      const { id, code } = await phoneStarted(system);
      return post(`/v1/phone-verifications/${id}/confirm`, { code });
    },
    instead: (_, { code }) =>
      code === 'phone-not-verified' ? { body: { refusal: 'code-wrong' } } : undefined,
  },
  arsRequest: { asked: () => post('/v1/ars-calls', callRequest()) },
  arsRecordRequest: { asked: () => post('/v1/ars-calls', { ...callRequest(), recordFile: true }) },
  arsCheck: {
    asked: async () => get(`/v1/ars-calls/${(await ringing(system)).id}`),
    // What leaves the call open is no refusal of it.
    instead: (_, meaning) => ({
      status: 200,
      body:
        !meaning.terminal || isAboutTheService(meaning)
          ? { status: 'pending' }
          : { status: 'refused', failure: { code: 'call-failed' } },
    }),
  },
  remittanceBalance: { asked: () => get('/v1/remittance-balance') },
  recurringPaymentInfo: {
    asked: async () => {
      const { customerId, recurringPaymentKey } = await recurring();
      return get(`/v1/recurring-payments/${recurringPaymentKey}?customerId=${customerId}`);
    },
    instead: (code) => (code === 'ST06' ? notFound : undefined),
  },
  recurringPaymentHistory: {
    asked: async () => {
      const { customerId, recurringPaymentKey } = await recurring();
      const query = `customerId=${customerId}&from=${today}&to=${today}`;
      return get(`/v1/recurring-payments/${recurringPaymentKey}/transactions?${query}`);
    },
    instead: (code) => (code === 'ST06' ? notFound : undefined),
  },
  recurringPaymentCancel: {
    asked: async () => {
      const { customerId, recurringPaymentKey } = await withRecurring(system);
      const path = `/v1/recurring-payments/${recurringPaymentKey}?customerId=${customerId}`;
      return { method: 'DELETE', path };
    },
    instead: unlessOpen('ST37', { status: 'ended', endReason: 'cancelled' }),
  },
  transactionHistory: {
    asked: () => get(`/v1/transactions?type=payment&orderNumber=any&date=${today}`),
    instead: (code) => (code === 'ST06' ? { status: 200, body: { data: [] } } : undefined),
  },
  transactionResult: {
    asked: async () =>
      get(`/v1/transactions?type=remittance&orderNumber=${await remitted(system)}&date=${today}`),
    // It speaks of the remittance, unless it is about Hecto itself or our question.
    instead: (code, meaning) => {
      if (code === 'ST06') return { status: 200, body: { data: [] } };
      if (isAboutTheService(meaning) || code === 'ST09') return undefined;
      const status = meaning.terminal ? 'failed' : 'processing';
      return { status: 200, body: { data: [{ type: 'remittance', status }] } };
    },
  },
  bankList: { asked: () => get('/v1/banks') },
  bankMaintenance: {
    asked: () => get('/v1/banks/088/maintenance?task=refund'),
    instead: (code) => (code === 'ST11' ? { status: 200, body: { available: false } } : undefined),
  },
  ownershipBankMaintenance: { asked: () => get('/v1/banks/088/maintenance?task=ownership-check') },
  institutionCancelledAccounts: { asked: () => get(`/v1/cancelled-accounts?date=${today}`) },
  testCall: { asked: () => post('/v1/test-calls', {}) },
};

describe.each(Object.entries(cases))('%s', (name, { asked, instead }) => {
  const endpoint = name as EndpointName;

  test('a refusal is 402 with our word for it and the codes of Hecto', { timeout: 60_000 }, async () => {
    for (const code of Object.keys(rejectCodes)) {
      const { method, path, body } = await asked();
      await system.fault(endpoint, `refuse:${code}`);
      const answer = await system.merchant(method, path, body);
      const meaning = refusalOf(endpoint, code);
      const rule = {
        status: 402,
        body: {
          code: 'hecto-refused',
          refusal: meaning.code,
          retryable: meaning.retryable,
          hecto: { endpoint, outStatCd: '0031', outRsltCd: code },
        },
      };
      const other = instead?.(code, meaning);
      expect({ asked: code, ...answer }).toMatchObject({ asked: code, ...(other ?? rule) });
    }
  });

  test('a code that nobody knows is never a success', async () => {
    const { method, path, body } = await asked();
    await system.fault(endpoint, 'unknown-code');
    const answer = await system.merchant(method, path, body);
    if (answer.status === 200) {
      expect(JSON.stringify(answer.body)).toMatch(/"status":"(pending|processing)"/);
    } else {
      expect(answer.body['code']).toMatch(/^(hecto-refused|hecto_unknown)$/);
    }
  });

  test('a lost answer is 502 hecto_unknown, and no call that does something is sent again', async () => {
    const { method, path, body } = await asked();
    const before = system.calls(endpoint);
    await system.fault(endpoint, 'reset-before-headers', { times: 2, works: false });
    const key = `lost-${endpoint}`;
    const answer = await system.merchant(method, path, body, key);
    expect(answer).toMatchObject({ status: 502, body: { code: 'hecto_unknown' } });
    const { effect } = endpointOf(endpoint);
    // A question may be asked a second time.
    expect(system.calls(endpoint) - before).toBe(effect === 'read' ? 2 : 1);
    if (effect !== 'verify') return;
    expect(await system.merchant(method, path, body, key)).toEqual(answer);
    expect(system.calls(endpoint) - before).toBe(1);
  });
});
