/** Whether an account is in the customer's hands: one won is deposited with a text to read off the statement. */
import { z } from 'zod';
import {
  accountNumber,
  bankCode,
  customerId,
  customerIp,
  failure,
  holderName,
  maskedAccountNumber,
  moment,
  wireText,
} from './fields.ts';
import { operation } from './operation.ts';

const ownershipCheckId = z.string().max(64).meta({ example: 'own_3kTQx0bZ1yJc5uVh8mWdRs2N' });
const params = z.strictObject({ ownershipCheckId });
const seconds = z.int().min(30).max(99_999);

export const ownershipCheck = z
  .object({
    id: ownershipCheckId,
    customerId,
    kind: z
      .enum(['code', 'passbook-text'])
      .meta({ description: "Hecto's code, or a text of your own that you compare yourself." }),
    status: z
      .enum(['pending', 'confirmed', 'failed', 'deposited'])
      .meta({ description: '`deposited`: with a text of your own there is nothing to confirm here.' }),
    bankCode,
    maskedAccountNumber,
    createdAt: moment,
    expiresAt: moment.optional(),
    checkedAt: moment.optional(),
    failure: failure.optional(),
  })
  .meta({ id: 'OwnershipCheck' });
export type OwnershipCheck = z.output<typeof ownershipCheck>;

const onlyWithCode = [
  'holderName',
  'codeType',
  'senderText',
  'senderTextPosition',
  'validSeconds',
  'repeatLockSeconds',
] as const;

export const createOwnershipCheck = operation({
  id: 'createOwnershipCheck',
  method: 'POST',
  scope: 'verify',
  path: '/v1/ownership-checks',
  tag: 'Verifications',
  summary: 'Deposit one won',
  description:
    'Hecto chooses the code, and the customer reads it off the statement. With `passbookText` the text is yours, and you compare it yourself.',
  body: z
    .strictObject({
      customerId,
      bankCode,
      accountNumber,
      passbookText: wireText(12, 'euckr')
        .optional()
        .meta({ description: 'Your own text instead of a code: at most 12, a Korean letter counts two.' }),
      holderName: holderName(20).optional(),
      codeType: z
        .enum(['digits-3', 'letter-and-digits', 'word', 'digits-4'])
        .optional()
        .meta({ description: 'Default `digits-4`.' }),
      senderText: z
        .string()
        .regex(/^([A-Z]{1,4}|[가-힣]{1,4})$/, '1 to 4 capital Latin letters or Korean ones')
        .optional()
        .meta({
          description: 'Stands beside the code: at most 4 letters, 3 with `digits-4`, none with `word`.',
        }),
      senderTextPosition: z
        .enum(['before', 'after'])
        .optional()
        .meta({ description: 'Before or after the code. Default `after`.' }),
      validSeconds: seconds.optional().meta({ description: 'Lifetime of the code. Default 600.' }),
      repeatLockSeconds: seconds
        .optional()
        .meta({ description: 'So long no second won is deposited on the account. Default 600.' }),
      customerIp: customerIp.optional(),
    })
    .refine(
      (body) => body.passbookText === undefined || onlyWithCode.every((name) => body[name] === undefined),
      `passbookText does not go with ${onlyWithCode.join(', ')}`,
    )
    .refine(({ codeType = 'digits-4', senderText = '' }) => senderText.length <= lettersBeside[codeType], {
      path: ['senderText'],
      message: 'at most 3 letters with digits-4, none with word',
    }),
  example: {
    customerId: 'customer-17',
    bankCode: '088',
    accountNumber: '110432109876',
    holderName: '김민서',
    codeType: 'digits-4',
    senderText: '새벽콩',
    senderTextPosition: 'before',
  },
  answers: { 201: ownershipCheck },
  once: true,
  hecto: ['ownershipVerificationRequest', 'accountOwnershipVerification'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

const lettersBeside = { 'digits-3': 4, 'letter-and-digits': 4, word: 0, 'digits-4': 3 } as const;

export const confirmOwnershipCheck = operation({
  id: 'confirmOwnershipCheck',
  method: 'POST',
  scope: 'verify',
  path: '/v1/ownership-checks/{ownershipCheckId}/confirm',
  tag: 'Verifications',
  summary: 'Compare the code',
  params,
  body: z.strictObject({
    code: wireText(12).meta({ description: 'What the customer read off the statement.', example: '4821' }),
    customerIp: customerIp.optional(),
  }),
  example: { code: '4821' },
  answers: { 200: ownershipCheck },
  once: true,
  hecto: ['ownershipVerificationCheck'],
  problems: ['not-found', 'conflict', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const readOwnershipCheck = operation({
  id: 'readOwnershipCheck',
  method: 'GET',
  path: '/v1/ownership-checks/{ownershipCheckId}',
  tag: 'Verifications',
  summary: 'Read an ownership check',
  params,
  answers: { 200: ownershipCheck },
  hecto: ['ownershipVerificationHistory'],
  problems: ['not-found', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
