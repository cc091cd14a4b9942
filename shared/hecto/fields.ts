/**
 * The field dictionary. A name that means the same everywhere stands here once; where Hecto's tables
 * differ (four lengths of a holder's name, four of a passbook text) the variant says so in its name.
 */
import { ascii, counted, digits, letters, oneOf, optional, requiredIf, secret, text } from './contract.ts';

const yesNo = oneOf(letters(1), ['Y', 'N']);
const date = { kind: 'N', max: 8, format: 'yyyyMMdd' } as const;
const time = { kind: 'N', max: 6, format: 'HHmmss' } as const;

/* Filled by the BFF. */
export const mchtId = { ...text(8), filled: 'merchant' } as const;
export const today = { ...date, filled: 'date' } as const;
export const now = { ...time, filled: 'time' } as const;
/** The three that nearly every call starts from. */
export const stamp = { reqDt: today, reqTm: now } as const;

/* Who. */
export const mchtCustId = secret(text(100));
/** IPv4 only. */
export const custIp = optional({ ...text(15), format: 'ipv4' } as const);
export const cphoneNo = secret(digits(11));
export const nameOf60 = secret(text(60));
export const nameOf30 = secret(text(30));
export const nameOf20 = secret(text(20));
/** yyMMdd plus a gender digit, yyMMdd, or a ten-digit business number: the endpoint tells which. */
export const uii = secret(digits(10));

/* Which transaction. */
export const mchtTrdNo = ascii(text(100));
export const trdNo = text(50);
export const tid = text(50);
export const day = date;

/* Which account. */
export const bankCd = { ...digits(3), plainLength: 3 } as const;
export const custAcntNo = secret(text(15));
export const custAcntKey = text(50);
export const payerNo = text(20);
export const acctNoChkYn = optional(oneOf(text(1), ['Y', 'N']));

/* Money: whole won as digits. */
export const amount = digits(13);
export const pktHash = text(200);

/* Passbook texts, each counted in its own way. */
export const passbookOf30 = text(30);
export const passbookOf12 = secret(counted(text(12), 'euckr'));
export const passbookOf14 = secret(counted(text(14), 'euckr'));
export const passbookOf7 = counted(text(7), 'characters');

/* Approval by phone call. */
export const procDiv = optional(text(2));
export const authNo = digits(6);

/** Cash receipt fields, needed as soon as a receipt is asked for. */
const withReceipt = <const F extends Parameters<typeof optional>[0]>(field: F) =>
  requiredIf('csrcIssReqYn', ['Y'], field);
export const receipt = {
  issue: optional(yesNo),
  possible: optional(yesNo),
  taxType: withReceipt(yesNo),
  purpose: withReceipt(oneOf(digits(1), ['0', '1'])),
  numberKind: withReceipt(oneOf(digits(1), ['1', '2', '3', '4'])),
  number: withReceipt(secret(text(20))),
  deduction: optional(oneOf(letters(1), ['Y', 'C'])),
  deductionWithReceipt: withReceipt(oneOf(letters(1), ['Y', 'C'])),
} as const;
export { yesNo };
