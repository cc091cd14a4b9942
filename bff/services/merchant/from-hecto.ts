/** Hecto's values in the merchant's words. What is not in its form is left out, never passed on. */
import type { z } from 'zod';
import type { failure } from '../../../shared/api/merchant/fields.ts';
import { bankOf } from '../../../shared/hecto/banks.ts';
import { refusalOf, status } from '../../../shared/hecto/codes.ts';
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { dashedDay, isRealDay, kstIsoOfStamp } from '../../../shared/values/kst.ts';
import { refusalTexts } from '../../text/refusal-texts.ts';

export type Failure = z.output<typeof failure>;

/** The bank's name in both languages; Hecto's own for a bank that our table lacks. */
export function bankNameOf(code: string, hectoName = code): { ko: string; en: string } {
  const { ko, en } = bankOf(code) ?? { ko: hectoName, en: hectoName };
  return { ko, en };
}

/** Bank and number of an account as Hecto describes it. */
export function accountFields(bankCode: string | undefined, mask: string | undefined, bankName?: string) {
  return {
    ...(bankCode !== undefined && { bankCode, bankName: bankNameOf(bankCode, bankName) }),
    ...(mask !== undefined && { maskedAccountNumber: masked(mask) }),
  };
}

/** A number with stars stays; one that Hecto forgot to mask is masked as Hecto does. */
export const masked = (number: string): string =>
  number.includes('*')
    ? number
    : number.slice(0, 3) + '*'.repeat(Math.max(number.length - 6, 3)) + number.slice(6).slice(-3);

export const wonOf = (digits: string | undefined): number | undefined =>
  digits !== undefined && /^\d{1,13}$/.test(digits) ? Number(digits) : undefined;

export const momentOf = (stamp: string | undefined): string | undefined =>
  stamp === undefined ? undefined : kstIsoOfStamp(stamp);

/** The day of yyyyMMdd or of a longer stamp. */
export function dayOf(stamp: string | undefined): string | undefined {
  const day = stamp?.slice(0, 8);
  return day !== undefined && isRealDay(day) ? dashedDay(day) : undefined;
}

/** `{ [name]: value }`, or nothing where there is no value. */
export const given = <const N extends string, V>(name: N, value: V | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [K in N]?: V };

/** How one order stands, from the codes of its record. What may still change is `processing`, never a failure. */
export function orderStatus(
  endpoint: EndpointName,
  outStatCd: string | undefined,
  outRsltCd = '',
): { status: 'processing' | 'succeeded' | 'failed'; failure?: Failure } {
  if (outStatCd === status.accepted) return { status: 'succeeded' };
  if (outStatCd !== status.refused || !refusalOf(endpoint, outRsltCd).terminal)
    return { status: 'processing' };
  return { status: 'failed', failure: failureOf(endpoint, outStatCd, outRsltCd) };
}

export function failureOf(endpoint: EndpointName, outStatCd: string, outRsltCd: string): Failure {
  const { code, retryable } = refusalOf(endpoint, outRsltCd);
  return { code, message: refusalTexts[code].en, retryable, hecto: { endpoint, outStatCd, outRsltCd } };
}
