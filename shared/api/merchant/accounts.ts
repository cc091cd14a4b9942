/** The accounts that are registered for a customer. */
import { z } from 'zod';
import { accountKey, bankCode, bankName, customerId, maskedAccountNumber, moment } from './fields.ts';
import { operation } from './operation.ts';

export const account = z
  .object({
    accountKey: z.string(),
    bankCode: z.string(),
    bankName,
    maskedAccountNumber: maskedAccountNumber.optional(),
    status: z.enum(['active', 'cancelled']),
    registeredAt: moment.optional(),
    cancelledAt: moment.optional(),
  })
  .meta({ id: 'Account' });
export type Account = z.output<typeof account>;

export const listAccounts = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/v1/customers/{customerId}/accounts',
  tag: 'Accounts',
  summary: 'List the accounts of a customer',
  description: 'Cancelled accounts stay on the list.',
  params: z.strictObject({ customerId }),
  query: z.strictObject({ bankCode: bankCode.optional() }),
  answers: { 200: z.object({ data: z.array(account) }) },
  hecto: ['accountList'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const cancelAccount = operation({
  id: 'cancelAccount',
  method: 'DELETE',
  scope: 'accounts',
  path: '/v1/customers/{customerId}/accounts/{accountKey}',
  tag: 'Accounts',
  summary: 'Cancel an account',
  description:
    'Ends the registration: the account can no longer be drawn from. Repeating it does no harm: an account that is cancelled already is answered as it is. When the answer gets lost, the list of accounts decides; where it does not show the end, the answer is `hecto_unknown`: list the accounts a little later.',
  params: z.strictObject({ customerId, accountKey }),
  query: z.strictObject({ bankCode: bankCode.optional() }),
  answers: { 200: account },
  hecto: ['accountCancellation', 'accountList'],
  problems: ['not-found', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
