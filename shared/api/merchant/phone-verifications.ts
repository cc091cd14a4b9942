/** Who a customer is, proven on their phone by a texted code or in the PASS app. */
import { z } from 'zod';
import { birthDate, customerId, customerIp, moment, phoneNumber, wireText } from './fields.ts';
import { operation } from './operation.ts';

const phoneVerificationId = z.string().max(64).meta({ example: 'phv_3kTQx0bZ1yJc5uVh8mWdRs2N' });

export const phoneVerification = z
  .object({
    id: phoneVerificationId,
    customerId,
    method: z.enum(['sms', 'pass']),
    status: z.enum(['pending', 'verified']),
    createdAt: moment,
    expiresAt: moment,
  })
  .meta({ id: 'PhoneVerification' });

export const createPhoneVerification = operation({
  id: 'createPhoneVerification',
  method: 'POST',
  scope: 'verify',
  path: '/v1/phone-verifications',
  tag: 'Verifications',
  summary: 'Send a code, or ask in the PASS app',
  description: 'A phone is sent at most five messages a day, those of the onboarding included.',
  body: z.strictObject({
    customerId,
    name: wireText(60).meta({ description: "The person's name as the carrier knows it.", example: '김민서' }),
    birthDate,
    genderDigit: z
      .string()
      .regex(/^[1-8]$/, '1 to 8')
      .meta({ description: 'First digit of the second half of the resident number.', example: '2' }),
    carrier: z.enum(['skt', 'kt', 'lgu', 'skt-mvno', 'kt-mvno', 'lgu-mvno']),
    phoneNumber,
    method: z.enum(['sms', 'pass']),
    customerIp: customerIp.optional(),
  }),
  example: {
    customerId: 'customer-17',
    name: '김민서',
    birthDate: '1992-03-15',
    genderDigit: '2',
    carrier: 'skt',
    phoneNumber: '01012345678',
    method: 'sms',
    customerIp: '203.0.113.10',
  },
  answers: { 201: phoneVerification },
  once: true,
  hecto: ['mobileVerificationRequest'],
  problems: ['refused', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const confirmPhoneVerification = operation({
  id: 'confirmPhoneVerification',
  method: 'POST',
  scope: 'verify',
  path: '/v1/phone-verifications/{phoneVerificationId}/confirm',
  tag: 'Verifications',
  summary: 'Confirm a phone verification',
  description:
    'With the texted code, or, for PASS, without one after the customer approved in the app. Five wrong codes end the verification. A proof of the phone also unlocks the payment password.',
  params: z.strictObject({ phoneVerificationId }),
  body: z.strictObject({
    code: z
      .string()
      .regex(/^\d{4,6}$/, '4 to 6 digits')
      .optional()
      .meta({ description: 'The texted code; left out for PASS.', example: '482913' }),
    customerIp: customerIp.optional(),
  }),
  example: { code: '482913' },
  answers: { 200: phoneVerification },
  once: true,
  hecto: ['mobileVerificationCheck'],
  problems: ['not-found', 'refused', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
