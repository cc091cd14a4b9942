/** One request that succeeds and one that is refused, for every call of the merchant API, by `operationId`. */
import type { ProblemCode } from '../../../shared/api/problems.ts';
import { moneySamples } from './money-samples.ts';
import type { System } from './start-system.ts';
import {
  callRequest,
  deposited,
  newAccount,
  newCustomer,
  ownershipRequest,
  phoneRequest,
  phoneStarted,
  registered,
  ringing,
  withPassword,
  withRecurring,
} from './merchant-world.ts';

export type Asked = { readonly path: string; readonly body?: object };
export type Sample = {
  /** What has to be there is made first. */
  readonly succeeds: (system: System) => Asked | Promise<Asked>;
  readonly refused: (system: System) => AskedRefused | Promise<AskedRefused>;
};
type AskedRefused = Asked & { readonly code: ProblemCode };

const sessions = '/v1/onboarding-sessions';
const refusedNumber = '110432109024'; // ends 90NN: Hecto answers STNN
const today = '2026-11-23';

async function session(system: System): Promise<string> {
  const { body } = await system.merchant('POST', sessions, { customerId: newCustomer() });
  return `${sessions}/${String(body['id'])}`;
}
async function cancelledSession(system: System): Promise<string> {
  const path = await session(system);
  await system.merchant('POST', `${path}/cancel`);
  return path;
}
const holder = (change: object = {}) => ({ customerId: newCustomer(), ...newAccount(), ...change });

export const samples: Readonly<Record<string, Sample>> = {
  ...moneySamples,
  createOnboardingSession: {
    succeeds: () => ({ path: sessions, body: { customerId: newCustomer(), metadata: { cart: '12' } } }),
    refused: () => ({
      path: sessions,
      body: { customerId: newCustomer(), origin: 'http://elsewhere.example' },
      code: 'invalid-request',
    }),
  },
  readOnboardingSession: {
    succeeds: async (system) => ({ path: await session(system) }),
    refused: () => ({ path: `${sessions}/obs_unknown`, code: 'not-found' }),
  },
  createClientToken: {
    succeeds: async (system) => ({ path: `${await session(system)}/client-tokens` }),
    refused: async (system) => ({
      path: `${await cancelledSession(system)}/client-tokens`,
      code: 'conflict',
    }),
  },
  cancelOnboardingSession: {
    succeeds: async (system) => ({ path: `${await session(system)}/cancel` }),
    refused: () => ({ path: `${sessions}/obs_unknown/cancel`, code: 'not-found' }),
  },
  listAccounts: {
    succeeds: async (system) => ({ path: `/v1/customers/${(await registered(system)).customerId}/accounts` }),
    refused: async (system) => {
      await system.fault('accountList', 'refuse:ST99');
      return { path: `/v1/customers/${newCustomer()}/accounts?bankCode=088`, code: 'hecto-refused' };
    },
  },
  cancelAccount: {
    succeeds: async (system) => {
      const { customerId, accountKey } = await registered(system);
      return { path: `/v1/customers/${customerId}/accounts/${accountKey}` };
    },
    refused: () => ({ path: `/v1/customers/${newCustomer()}/accounts/none`, code: 'not-found' }),
  },
  verifyPaymentPassword: {
    succeeds: async (system) => passwordOf(await withPassword(system), '482913'),
    refused: async (system) => ({
      ...passwordOf(await withPassword(system), '000000'),
      code: 'hecto-refused',
    }),
  },
  checkAccountHolder: {
    succeeds: () => ({ path: '/v1/account-holder-checks', body: holder({ holderName: '홍길동' }) }),
    refused: () => ({
      path: '/v1/account-holder-checks',
      body: holder({ accountNumber: refusedNumber }),
      code: 'hecto-refused',
    }),
  },
  createOwnershipCheck: {
    succeeds: () => ({ path: '/v1/ownership-checks', body: ownershipRequest() }),
    refused: () => ({
      path: '/v1/ownership-checks',
      body: { ...ownershipRequest(), bankCode: '027' },
      code: 'hecto-refused',
    }),
  },
  confirmOwnershipCheck: {
    succeeds: async (system) => {
      const { id, code } = await deposited(system);
      return { path: `/v1/ownership-checks/${id}/confirm`, body: { code } };
    },
    refused: async (system) => ({
      path: `/v1/ownership-checks/${(await deposited(system)).id}/confirm`,
      body: { code: 'none' },
      code: 'hecto-refused',
    }),
  },
  readOwnershipCheck: {
    succeeds: async (system) => ({ path: `/v1/ownership-checks/${(await deposited(system)).id}` }),
    refused: () => ({ path: '/v1/ownership-checks/own_unknown', code: 'not-found' }),
  },
  createPhoneVerification: {
    succeeds: () => ({ path: '/v1/phone-verifications', body: phoneRequest() }),
    refused: () => ({
      path: '/v1/phone-verifications',
      body: phoneRequest('pass', '01012348687'), // ends 86NN: Hecto answers STNN
      code: 'hecto-refused',
    }),
  },
  confirmPhoneVerification: {
    succeeds: async (system) => {
      const { id, code } = await phoneStarted(system);
      return { path: `/v1/phone-verifications/${id}/confirm`, body: { code } };
    },
    refused: async (system) => ({
      path: `/v1/phone-verifications/${(await phoneStarted(system)).id}/confirm`,
      body: { code: '0000' },
      code: 'hecto-refused',
    }),
  },
  createArsCall: {
    succeeds: () => ({ path: '/v1/ars-calls', body: callRequest() }),
    refused: () => ({
      path: '/v1/ars-calls',
      body: { ...callRequest(), bankCode: '027' },
      code: 'hecto-refused',
    }),
  },
  readArsCall: {
    succeeds: async (system) => {
      const { id, act } = await ringing(system);
      await act({ hangUp: true });
      return { path: `/v1/ars-calls/${id}` };
    },
    refused: () => ({ path: '/v1/ars-calls/ars_unknown', code: 'not-found' }),
  },
  readRecurringPayment: {
    succeeds: async (system) => ({ path: recurringPath(await withRecurring(system)) }),
    refused: () => ({ path: unknownRecurring(), code: 'not-found' }),
  },
  listRecurringTransactions: {
    succeeds: async (system) => ({
      path: recurringPath(await withRecurring(system), '/transactions', `&from=2026-01-01&to=${today}`),
    }),
    refused: () => ({
      path: unknownRecurring('/transactions', `&from=${today}&to=${today}`),
      code: 'not-found',
    }),
  },
  endRecurringPayment: {
    succeeds: async (system) => ({ path: recurringPath(await withRecurring(system)) }),
    refused: () => ({ path: unknownRecurring(), code: 'not-found' }),
  },
  listTransactions: {
    succeeds: async (system) => {
      const { orderNumber } = await withRecurring(system);
      return { path: `/v1/transactions?type=payment&orderNumber=${orderNumber}&date=${today}` };
    },
    refused: async (system) => {
      await system.fault('transactionResult', 'refuse:ST99');
      return {
        path: `/v1/transactions?type=remittance&orderNumber=none&date=${today}`,
        code: 'hecto-refused',
      };
    },
  },
  readRemittanceBalance: {
    succeeds: () => ({ path: '/v1/remittance-balance' }),
    refused: async (system) => {
      await system.fault('remittanceBalance', 'refuse:ST99');
      return { path: '/v1/remittance-balance', code: 'hecto-refused' };
    },
  },
  listBanks: {
    succeeds: () => ({ path: '/v1/banks' }),
    refused: async (system) => {
      await system.fault('bankList', 'refuse:ST99');
      return { path: '/v1/banks', code: 'hecto-refused' };
    },
  },
  readBankMaintenance: {
    succeeds: () => ({ path: '/v1/banks/088/maintenance?task=ownership-check' }),
    refused: () => ({ path: '/v1/banks/027/maintenance?task=payment', code: 'hecto-refused' }),
  },
  listCancelledAccounts: {
    succeeds: async (system) => {
      const { accountKey } = await registered(system);
      await system.control('/institution-cancellations', { accountKey });
      return { path: `/v1/cancelled-accounts?date=${today}&limit=1` };
    },
    refused: () => ({ path: '/v1/cancelled-accounts?date=2026-02-30', code: 'invalid-request' }),
  },
  createTestCall: {
    succeeds: () => ({ path: '/v1/test-calls' }),
    refused: async (system) => {
      await system.fault('testCall', 'refuse:ST99');
      return { path: '/v1/test-calls', code: 'hecto-refused' };
    },
  },
  callHecto: {
    succeeds: () => ({ path: '/v1/hecto/bankList', body: {} }),
    refused: () => ({ path: '/v1/hecto/nothing', body: {}, code: 'not-found' }),
  },
};

const passwordOf = (customerId: string, password: string) => ({
  path: `/v1/customers/${customerId}/payment-password/verifications`,
  body: { password },
});

type Recurring = { readonly customerId: string; readonly recurringPaymentKey: string };
const recurringPath = ({ customerId, recurringPaymentKey }: Recurring, more = '', query = '') =>
  `/v1/recurring-payments/${recurringPaymentKey}${more}?customerId=${customerId}${query}`;
const unknownRecurring = (more = '', query = '') =>
  recurringPath({ customerId: newCustomer(), recurringPaymentKey: 'none' }, more, query);
