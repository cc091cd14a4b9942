/** The phone call in which a customer approves withdrawals by keying in a number. */
import { z } from 'zod';
import {
  accountNumber,
  bankCode,
  customerId,
  customerIp,
  failure,
  holderName,
  moment,
  phoneNumber,
} from './fields.ts';
import { operation } from './operation.ts';

const arsCallId = z.string().max(64).meta({ example: 'ars_3kTQx0bZ1yJc5uVh8mWdRs2N' });
const digits = z
  .string()
  .regex(/^\d{2,6}$/, '2 to 6 digits')
  .meta({
    description: 'What the customer keys in: show it on the screen while the phone rings.',
    example: '37',
  });

const arsCall = z.object({
  id: arsCallId,
  customerId,
  status: z.enum(['pending', 'approved', 'refused']),
  createdAt: moment,
  callEndsAt: moment.meta({ description: 'After this a call that is still pending counts as missed.' }),
  failure: failure.optional(),
});

export const createArsCall = operation({
  id: 'createArsCall',
  method: 'POST',
  scope: 'verify',
  path: '/v1/ars-calls',
  tag: 'Verifications',
  summary: 'Call the customer for approval',
  description:
    'The approved call is the evidence for registering the account. A phone is called at most five times a day, calls of the onboarding included.',
  body: z.strictObject({
    customerId,
    bankCode,
    accountNumber,
    holderName: holderName(60),
    phoneNumber,
    digits: digits.optional().meta({ description: 'Left out, we draw them.', example: '37' }),
    recordFile: z.boolean().optional().meta({ description: 'Hecto hands over the recording of the call.' }),
    customerIp: customerIp.optional(),
  }),
  example: {
    customerId: 'customer-17',
    bankCode: '088',
    accountNumber: '110432109876',
    holderName: '김민서',
    phoneNumber: '01012345678',
  },
  answers: { 201: arsCall.extend({ digits }).meta({ id: 'NewArsCall' }) },
  once: true,
  hecto: ['arsRequest', 'arsRecordRequest'],
  problems: ['refused', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const readArsCall = operation({
  id: 'readArsCall',
  method: 'GET',
  path: '/v1/ars-calls/{arsCallId}',
  tag: 'Verifications',
  summary: 'Read how the call went',
  params: z.strictObject({ arsCallId }),
  answers: { 200: arsCall.meta({ id: 'ArsCall' }) },
  hecto: ['arsCheck'],
  problems: ['not-found', 'hecto-unavailable', 'hecto_unknown'],
});
