/** The merchant's own money, sent to any account. */
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
  page,
  pageOf,
  wireText,
  won,
} from './fields.ts';
import { operation } from './operation.ts';

const tag = 'Remittances';
const most = 1_000_000_000;

/** For merchants with a contract of their own with the paying bank. */
const ownContract = z
  .strictObject({
    bankCode,
    accountNumber,
    passbookText: wireText(12, 'euckr'),
    securityCardNumber: wireText(6).optional(),
    messageNumber: z
      .string()
      .regex(/^\d{1,6}$/, '1 to 6 digits')
      .optional(),
    password: wireText(4).optional(),
  })
  .refine(({ bankCode: code, password }) => code !== '045' || password !== undefined, {
    path: ['password'],
    error: 'always needed with bank 045',
  })
  .meta({ id: 'OwnBankContract' });

export const remittanceBody = z
  .strictObject({
    amount: won.refine((amount) => amount <= most, `at most ${most} won`),
    bankCode,
    accountNumber,
    passbookText: wireText(14, 'euckr').meta({
      description: "On the receiver's account; a Korean letter counts two.",
    }),
    customerId: customerId.optional(),
    orderNumber: orderNumber.optional(),
    ownContract: ownContract.optional(),
    customerIp: customerIp.optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'CreateRemittance' });

export const remittance = z
  .object({
    id: z.string().meta({ example: 'rmt_4pXcTzRkJ1mQvN8sYb2wLh7d' }),
    status: intentStatus,
    amount: won,
    customerId: customerId.optional(),
    bankCode: z.string().optional(),
    maskedAccountNumber: maskedAccountNumber.optional(),
    orderNumber: z.string(),
    orderDate: day.optional(),
    transactionNumber: z.string().optional(),
    failure: failure.optional(),
    createdAt: moment,
    updatedAt: moment,
    metadata: metadata.optional(),
  })
  .meta({ id: 'Remittance' });
export type Remittance = z.output<typeof remittance>;

export const remittances = {
  createRemittance: operation({
    id: 'createRemittance',
    method: 'POST',
    scope: 'remit',
    path: '/v1/remittances',
    tag,
    summary: 'Send money to an account',
    description:
      'Answers 201 when the money was sent, 402 `hecto-refused` when it was not, and 202 with status `processing` when that is not known after eight seconds.',
    body: remittanceBody,
    example: { amount: 700, bankCode: '004', accountNumber: '00120412345678', passbookText: '정산금' },
    answers: { 201: remittance, 202: remittance },
    once: true,
    hecto: ['remittance', 'transactionResult'],
    problems: ['order-number-taken', 'hecto-refused', 'hecto-unavailable', 'unavailable'],
  }),
  listRemittances: operation({
    id: 'listRemittances',
    method: 'GET',
    path: '/v1/remittances',
    tag,
    summary: 'List remittances, newest first',
    query: z.strictObject({
      ...page,
      customerId: customerId.optional(),
      orderNumber: orderNumber.optional(),
      date: day.optional(),
      status: intentStatus.optional(),
    }),
    answers: { 200: pageOf(remittance) },
  }),
  readRemittance: operation({
    id: 'readRemittance',
    method: 'GET',
    path: '/v1/remittances/{remittanceId}',
    tag,
    summary: 'Read a remittance',
    params: z.object({ remittanceId: z.string().max(60) }),
    answers: { 200: remittance },
    problems: ['not-found'],
  }),
} as const;
