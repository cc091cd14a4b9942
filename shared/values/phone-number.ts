import type { Branded } from './brand.ts';

/** A Korean mobile number as ten or eleven digits, `01012345678`. */
export type PhoneNumber = Branded<string, 'PhoneNumber'>;

/** Reads a number as people write it: spaces, hyphens and dots, `+82` for the leading 0 (rule: S41). */
export function parsePhoneNumber(input: string): PhoneNumber | undefined {
  const digits = input.replace(/[\s.-]/g, '').replace(/^\+820?/, '0');
  return /^01[016789]\d{7,8}$/.test(digits) ? (digits as PhoneNumber) : undefined;
}

const parts = (phone: PhoneNumber) => [phone.slice(0, 3), phone.slice(3, -4), phone.slice(-4)] as const;

/** `010-1234-5678` */
export const formatPhoneNumber = (phone: PhoneNumber): string => parts(phone).join('-');

/** `010-****-5678`: the only form that may be shown or logged. */
export function maskPhoneNumber(phone: PhoneNumber): string {
  const [carrier, middle, last] = parts(phone);
  return `${carrier}-${'*'.repeat(middle.length)}-${last}`;
}
