/** Accounts registered by the merchant's server, without the widget. */
import { z } from 'zod';
import {
  accountNumber,
  bankCode,
  customerId,
  customerIp,
  day,
  failure,
  intentStatus,
  maskedAccountNumber,
  metadata,
  moment,
  orderNumber,
  wireText,
} from './fields.ts';
import { operation } from './operation.ts';

const tag = 'Accounts';

/** yyMMdd of a person, or a ten-digit business registration number. */
const identity = z
  .string()
  .regex(/^(\d{6}|\d{10})$/, 'a date of birth as yyMMdd or ten digits of a business registration number')
  .meta({ description: 'Date of birth (yyMMdd) or business registration number.', example: '920315' });

export const registrationBody = z
  .strictObject({
    bankCode,
    accountNumber,
    holderName: wireText(60),
    holderIdentity: identity,
    approval: z
      .discriminatedUnion('method', [
        z.strictObject({
          method: z.literal('ars'),
          arsCallId: z.string().max(60).meta({ description: 'An approved `POST /v1/ars-calls`.' }),
        }),
        z.strictObject({ method: z.literal('written') }),
        z.strictObject({ method: z.literal('pass') }),
      ])
      .meta({
        description: "How the customer approved. `written` is the merchant's word; it keeps the document.",
      }),
    orderNumber: orderNumber.optional(),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'RegisterAccount' });

export const evidencedRegistrationBody = z
  .strictObject({
    bankCode,
    accountNumber,
    holderName: wireText(30),
    holderIdentity: identity,
    payerNumber: wireText(20).meta({ description: 'As agreed with Hecto.', example: 'TESTMCHT00000001' }),
    orderNumber: orderNumber.optional(),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'RegisterAccountWithEvidence' });

export const registration = z
  .object({
    id: z.string().meta({ example: 'reg_4pXcTzRkJ1mQvN8sYb2wLh7d' }),
    status: intentStatus,
    customerId,
    bankCode: z.string(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    accountKey: z.string().optional(),
    alreadyRegistered: z.boolean().optional(),
    orderNumber: z.string(),
    orderDate: day.optional(),
    failure: failure.optional(),
    createdAt: moment,
    updatedAt: moment,
    metadata: metadata.optional(),
  })
  .meta({ id: 'Registration' });
export type Registration = z.output<typeof registration>;

const customer = z.object({ customerId });
const problems = ['order-number-taken', 'hecto-refused', 'hecto-unavailable', 'unavailable'] as const;
const processing =
  'An account that was registered before is a success. When the outcome is not known after eight seconds the answer is 202.';

export const registrations = {
  registerAccount: operation({
    id: 'registerAccount',
    method: 'POST',
    scope: 'accounts',
    path: '/v1/customers/{customerId}/account-registrations',
    tag,
    summary: 'Register an account that the customer approved',
    description: processing,
    params: customer,
    body: registrationBody,
    example: {
      bankCode: '088',
      accountNumber: '110432109876',
      holderName: '홍길동',
      holderIdentity: '920315',
      approval: { method: 'written' },
    },
    answers: { 201: registration, 202: registration },
    once: true,
    hecto: ['accountRegistration', 'accountList'],
    problems: ['not-found', ...problems],
  }),
  registerAccountWithEvidence: operation({
    id: 'registerAccountWithEvidence',
    method: 'POST',
    scope: 'accounts',
    path: '/v1/customers/{customerId}/accounts',
    tag,
    summary: "Register an account on the merchant's own evidence of consent",
    description: processing,
    params: customer,
    body: evidencedRegistrationBody,
    example: {
      bankCode: '088',
      accountNumber: '110432109876',
      holderName: '홍길동',
      holderIdentity: '920315',
      payerNumber: 'TESTMCHT00000001',
    },
    answers: { 201: registration, 202: registration },
    once: true,
    hecto: ['merchantAccountRegistration', 'accountList'],
    problems,
  }),
  readRegistration: operation({
    id: 'readRegistration',
    method: 'GET',
    path: '/v1/account-registrations/{registrationId}',
    tag,
    summary: 'Read an account registration',
    params: z.object({ registrationId: z.string().max(60) }),
    answers: { 200: registration },
    problems: ['not-found'],
  }),
} as const;
