/** The payment password that a customer has set. */
import { z } from 'zod';
import {
  accountKey,
  bankCode,
  customerId,
  customerIp,
  moment,
  orderNumber,
  paymentAuthorization,
  won,
} from './fields.ts';
import { operation } from './operation.ts';

export const verifyPaymentPassword = operation({
  id: 'verifyPaymentPassword',
  method: 'POST',
  scope: 'verify',
  path: '/v1/customers/{customerId}/payment-password/verifications',
  tag: 'Customers',
  summary: 'Verify the payment password',
  description:
    'Against the password the customer chose with us; of a customer who chose none here, Hecto is asked. Five wrong ones in a row lock it, here and in the onboarding alike, until the customer proves the phone again.\n\nWith `payment`, a right password also approves that payment: the answer carries an authorization for `POST /v1/payments`, good for one payment with the same customer, account, amount and order number, for three minutes.',
  params: z.strictObject({ customerId }),
  body: z.strictObject({
    password: z
      .string()
      .regex(/^\d{6}$/, 'six digits')
      .meta({ description: 'Six digits.', example: '482913' }),
    payment: z
      .strictObject({ bankCode, accountKey, amount: won, orderNumber })
      .optional()
      .meta({ description: 'What the customer approves with the password.' }),
    customerIp: customerIp.optional(),
  }),
  example: {
    password: '482913',
    payment: { bankCode: '088', accountKey: 'd894kjd93kd9', amount: 15_000, orderNumber: 'order-2026-0001' },
    customerIp: '203.0.113.10',
  },
  answers: {
    200: z.object({
      verified: z.literal(true),
      paymentAuthorization: z
        .object({ token: paymentAuthorization, expiresAt: moment })
        .optional()
        .meta({ description: 'Only where `payment` was given.' }),
    }),
  },
  once: true,
  hecto: ['paymentPasswordConfirm'],
  problems: ['refused', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
