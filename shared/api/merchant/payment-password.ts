/** The payment password that a customer has set. */
import { z } from 'zod';
import { customerId, customerIp } from './fields.ts';
import { operation } from './operation.ts';

export const verifyPaymentPassword = operation({
  id: 'verifyPaymentPassword',
  method: 'POST',
  path: '/v1/customers/{customerId}/payment-password/verifications',
  tag: 'Customers',
  summary: 'Verify the payment password',
  description:
    'Against the password the customer chose with us; of a customer who chose none here, Hecto is asked. Five wrong ones in a row lock it, here and in the onboarding alike, until the customer proves the phone again.',
  params: z.strictObject({ customerId }),
  body: z.strictObject({
    password: z
      .string()
      .regex(/^\d{6}$/, 'six digits')
      .meta({ description: 'Six digits.', example: '482913' }),
    customerIp: customerIp.optional(),
  }),
  example: { password: '482913', customerIp: '203.0.113.10' },
  answers: { 200: z.object({ verified: z.literal(true) }) },
  once: true,
  hecto: ['paymentPasswordConfirm'],
  problems: ['refused', 'hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
