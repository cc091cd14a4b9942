/** The words in which the merchant API is written: each field of more than one resource stands here once. */
import { isIPv4, isIPv6 } from '../../values/ip-address.ts';
import { z } from 'zod';
import { refusalCodes } from '../refusals.ts';
import { isRealDay } from '../../values/kst.ts';
import { fitsWireText, wireTextRule, type TextUnit } from '../../values/wire-text.ts';

/** A text that goes into one of Hecto's fields: length and characters as the contract says. */
export const wireText = (max: number, unit: TextUnit = 'utf8') =>
  z.string().refine((text) => fitsWireText(text, max, unit), wireTextRule(max, unit));

/** The merchant's own id of a customer. */
export const customerId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9._@-]+$/, 'letters, digits and . _ @ - only')
  .meta({ description: "The merchant's own id of the customer.", example: 'customer-17' });

/** Three digits, as `GET /v1/banks` lists them. */
export const bankCode = z
  .string()
  .regex(/^\d{3}$/, 'three digits')
  .meta({ description: 'Bank code, as `GET /v1/banks` lists them.', example: '088' });

export const accountNumber = z
  .string()
  .regex(/^\d{9,15}$/, '9 to 15 digits without hyphens')
  .meta({ description: 'Account number, digits only.', example: '110432109876' });

/** Names a registered account; from an onboarding session or the list of accounts. */
export const accountKey = z
  .string()
  .regex(/^[^:&?'<>\s]{1,50}$/, '1 to 50 characters, as it was answered')
  .meta({ description: 'Key of a registered account.', example: 'd894kjd93kd9' });

/** As Hecto shows it, with stars. */
export const maskedAccountNumber = z.string().meta({ example: '110******876' });

/** In both languages of ours; of a bank that was added lately, as Hecto writes it. */
export const bankName = z.object({ ko: z.string(), en: z.string() }).meta({ id: 'BankName' });

const mostWon = 9_999_999_999_999;
/** Whole won. */
export const won = z
  .int('a whole number of won')
  .min(1, 'at least 1 won')
  .max(mostWon, `at most ${mostWon} won`)
  .meta({ description: 'Whole won.', example: 15000 });
/** Whole won, also none. */
export const wonOrNone = z
  .int('a whole number of won')
  .min(0, 'at least 0 won')
  .max(mostWon, `at most ${mostWon} won`)
  .meta({ description: 'Whole won.', example: 0 });

/** Who the account is in the name of. Endpoints of Hecto's differ in how much of a name they take. */
export const holderName = (bytes: number) =>
  wireText(bytes).meta({
    description: `Name of the account's holder: ${wireTextRule(bytes)}.`,
    example: '김민서',
  });

export const phoneNumber = z
  .string()
  .regex(/^01[016789]\d{7,8}$/, 'a Korean mobile number, digits only')
  .meta({ description: 'Korean mobile number, digits only.', example: '01012345678' });

/** The number under which Hecto knows an order: the merchant's, or ours when left out. Used once, ever. */
export const orderNumber = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,100}$/, '1 to 100 letters, digits, _ . or -')
  .meta({
    description: 'Number of the order, unique for ever. Left out, one is made.',
    example: 'order-2026-0001',
  });

/** Opaque, and as secret as the payment it allows. */
export const paymentAuthorization = z
  .string()
  .regex(/^pau_[A-Za-z0-9_-]{43}$/, 'as it was answered')
  .meta({ example: 'pau_Zk0yq3wJ9sV5uD8xR1cT6mN2bH7aL4eP0gKfYiQoWnE' });

/** A calendar day in Korea. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as yyyy-MM-dd')
  .refine((text) => isRealDay(text.replaceAll('-', '')), 'a day that exists')
  .meta({ description: 'Day in Korea.', example: '2026-11-23' });

export const birthDate = day.meta({ description: 'Date of birth.', example: '1992-03-15' });

/** A moment with Korea's offset. */
export const moment = z
  .string()
  .meta({ description: 'Moment in Korea.', example: '2026-11-23T10:00:00+09:00' });

/** Of the customer's device, never of the merchant's server. Hecto takes IPv4 only: of IPv6 it hears nothing. */
export const customerIp = z
  .string()
  .refine((text) => isIPv4(text) || isIPv6(text), 'an IP address')
  .meta({ description: "Address of the customer's device.", example: '203.0.113.10' });

export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((all) => Object.keys(all).length <= 20, 'at most 20 entries')
  .meta({ description: 'Your own notes; they come back unchanged.' });

/** Where a list goes on. */
export const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/, 'as `nextCursor` of the page before')
  .meta({ description: '`nextCursor` of the page before.' });
export const limit = z.coerce.number().int().min(1).max(100).default(20);
/** What a list that grows is asked with. */
export const page = { cursor: cursor.optional(), limit };
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ data: z.array(item), nextCursor: z.string().optional() });

/** Hecto's own codes behind a refusal. */
export const hectoCodes = z.object({ endpoint: z.string(), outStatCd: z.string(), outRsltCd: z.string() });

/** Why something did not come about: final, nothing moved. */
export const failure = z
  .object({
    code: z.enum(refusalCodes),
    message: z.string(),
    retryable: z.boolean().meta({ description: 'A new request may succeed, with a new order number.' }),
    hecto: hectoCodes.optional(),
  })
  .meta({ id: 'Failure' });

/** What can be said of everything that moves money or binds an account. */
export const intentStatus = z
  .enum(['processing', 'succeeded', 'failed', 'needs_review'])
  .meta({
    id: 'Status',
    description:
      '`processing`: the outcome is not known yet; never a failure, do not pay again. `needs_review`: unknown for a day, ask Hecto and settle it by hand.',
  });
