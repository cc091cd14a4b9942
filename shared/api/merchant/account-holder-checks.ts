/** Whose account it is. */
import { z } from 'zod';
import { accountNumber, bankCode, birthDate, customerId, customerIp, holderName, won } from './fields.ts';
import { operation } from './operation.ts';

export const checkAccountHolder = operation({
  id: 'checkAccountHolder',
  method: 'POST',
  scope: 'verify',
  path: '/v1/account-holder-checks',
  tag: 'Verifications',
  summary: "Check an account's holder",
  description:
    "Compares the name with the bank's; without a name the bank's is answered. `birthDate` or `businessNumber` are compared too, or `amount` tells the bank what is to be moved.",
  body: z
    .strictObject({
      customerId,
      bankCode,
      accountNumber,
      holderName: holderName(30).optional(),
      birthDate: birthDate.optional(),
      businessNumber: z
        .string()
        .regex(/^\d{10}$/, 'ten digits')
        .optional()
        .meta({ description: 'Business registration number, digits only.', example: '1234567891' }),
      amount: won.optional(),
      checkRegistrable: z
        .boolean()
        .optional()
        .meta({ description: 'Also refuse accounts that can never be registered.' }),
      customerIp: customerIp.optional(),
    })
    .refine(
      ({ birthDate, businessNumber, amount }) =>
        [birthDate, businessNumber, amount].filter((given) => given !== undefined).length <= 1,
      'only one of birthDate, businessNumber and amount',
    ),
  example: {
    customerId: 'customer-17',
    bankCode: '088',
    accountNumber: '110432109876',
    holderName: '김민서',
    birthDate: '1992-03-15',
    checkRegistrable: true,
  },
  answers: {
    200: z
      .object({
        holderName: z
          .string()
          .optional()
          .meta({ description: "The bank's name of the holder, where the bank told it.", example: '김민서' }),
        matches: z.literal(true).optional().meta({ description: 'What was given to compare fits.' }),
      })
      .meta({ id: 'AccountHolder' }),
  },
  hecto: ['accountHolderNameInquiry', 'accountHolderNameConfirm', 'accountHolderNameInquiryWithAmount'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});
