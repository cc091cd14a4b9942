/** The banks, and what they tell of themselves. */
import { z } from 'zod';
import { bankCode, bankName, day, maskedAccountNumber, moment, page, pageOf } from './fields.ts';
import { operation } from './operation.ts';

const maintenance = z.object({
  from: moment.optional(),
  opensAt: moment.optional().meta({ description: 'When the bank is expected to be open again.' }),
});

export const bank = z
  .object({
    code: z.string(),
    name: bankName,
    kind: z.enum(['bank', 'securities']),
    usable: z.boolean().meta({ description: 'Whether you may offer it.' }),
    maintenance: maintenance.optional().meta({ description: 'Closed right now, by the published hours.' }),
  })
  .meta({ id: 'Bank' });

export const listBanks = operation({
  id: 'listBanks',
  method: 'GET',
  path: '/v1/banks',
  tag: 'Banks',
  summary: 'List the banks',
  description: 'In the order in which to show them.',
  answers: { 200: z.object({ data: z.array(bank) }) },
  hecto: ['bankList'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const bankTask = z.enum([
  'account-registration',
  'account-cancellation',
  'payment',
  'refund',
  'remittance',
  'account-holder-check',
  'account-holder-check-with-birth-date',
  'ownership-check',
]);
export type BankTask = z.output<typeof bankTask>;

export const readBankMaintenance = operation({
  id: 'readBankMaintenance',
  method: 'GET',
  path: '/v1/banks/{bankCode}/maintenance',
  tag: 'Banks',
  summary: 'Ask whether a bank does a task now',
  params: z.strictObject({ bankCode }),
  query: z.strictObject({ task: bankTask }),
  answers: {
    200: z
      .object({ bankCode, task: bankTask, available: z.boolean(), maintenance: maintenance.optional() })
      .meta({ id: 'BankMaintenance' }),
  },
  hecto: ['bankMaintenance', 'ownershipBankMaintenance'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const cancelledAccount = z
  .object({
    customerId: z.string().optional(),
    accountKey: z.string().optional(),
    bankCode: z.string().optional(),
    bankName: bankName.optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    cancelledAt: moment.optional(),
    cancelledBy: z.enum(['bank', 'integrated-account-management', 'other']),
    reason: z.enum(['customer', 'bank', 'account-changed', 'no-consent', 'other']),
  })
  .meta({ id: 'CancelledAccount' });

export const listCancelledAccounts = operation({
  id: 'listCancelledAccounts',
  method: 'GET',
  path: '/v1/cancelled-accounts',
  tag: 'Accounts',
  summary: 'List accounts that were cancelled at banks',
  description: 'Of one day; complete from 11:00 in Korea of the next business day.',
  query: z.strictObject({ date: day, ...page }),
  answers: { 200: pageOf(cancelledAccount) },
  hecto: ['institutionCancelledAccounts'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
