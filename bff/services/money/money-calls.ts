import { maskAccountNumber, type AccountNumber } from '../../../shared/values/account-number.ts';
import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import type { Intent, IntentEndpoint, IntentResult } from '../../store/intents.ts';
import type { Reply } from '../ask-hecto.ts';
import { isSameAccount } from '../onboarding/same-account.ts';
import { askAccounts, askRefund, askResult, type Inquiry } from './inquiries.ts';
import { refused, succeeded, type Verdict } from './verdict.ts';

/** What is particular to each of the calls that must never be made twice. */
type MoneyCall<N extends IntentEndpoint> = {
  /** What an acceptance tells; undefined when it tells too little, and Hecto has to be asked. */
  readonly told: (answer: AnswerOf<N>, intent: Intent) => IntentResult | undefined;
  /** A refusal after which it is as wished all the same; `ask` when only an inquiry can say so. */
  readonly doneBefore?: (
    code: string,
    answer: AnswerOf<N>,
    intent: Intent,
  ) => IntentResult | 'ask' | undefined;
  readonly inquire: Inquiry;
};

/** Without Hecto's number a payment could never be refunded: then the inquiry has to tell it. */
const numbered = ({ trdNo }: { trdNo?: string }): IntentResult | undefined =>
  trdNo === undefined ? undefined : { transactionNumber: trdNo };

const alreadyRegistered: readonly string[] = ['ST08', 'ST43'];

type Described = { custAcntKey?: string; custAcntNo?: string; bankCd?: string };

const registered = ({ custAcntKey, custAcntNo }: Described): IntentResult | undefined =>
  custAcntKey === undefined
    ? undefined
    : { accountKey: custAcntKey, ...(custAcntNo !== undefined && { maskedAccountNumber: custAcntNo }) };

/** A refusal may describe whatever was registered before: only the very same account is a success (R12). */
function registeredBefore(
  code: string,
  answer: Described,
  { request = {} }: Intent,
): IntentResult | 'ask' | undefined {
  if (!alreadyRegistered.includes(code)) return undefined;
  const account = {
    bankCode: request['bankCd'] ?? '',
    accountNumber: (request['custAcntNo'] ?? '') as AccountNumber,
  };
  const same = isSameAccount(account, { bankCode: answer.bankCd, mask: answer.custAcntNo });
  const told = registered(answer);
  return same && told ? { ...told, alreadyRegistered: true } : 'ask';
}

const moneyCalls: { readonly [N in IntentEndpoint]: MoneyCall<N> } = {
  payment: {
    told: (answer) => {
      const told = numbered(answer);
      const { rglChrgKey, custAcntNo } = answer;
      return (
        told && {
          ...told,
          ...(rglChrgKey !== undefined && { recurringPaymentKey: rglChrgKey }),
          ...(custAcntNo !== undefined && { maskedAccountNumber: custAcntNo }),
        }
      );
    },
    inquire: askResult('RP'),
  },
  recurringPaymentApproval: { told: numbered, inquire: askResult('RP') },
  paymentCancel: {
    told: numbered,
    // The payment has been given back before: the customer has the money.
    doneBefore: (code) => (code === 'ST25' ? {} : undefined),
    inquire: askRefund,
  },
  remittance: { told: numbered, inquire: askResult('AR') },
  accountRegistration: { told: registered, doneBefore: registeredBefore, inquire: askAccounts },
  merchantAccountRegistration: { told: registered, doneBefore: registeredBefore, inquire: askAccounts },
};

export const callOf = (endpoint: IntentEndpoint): MoneyCall<IntentEndpoint> => moneyCalls[endpoint];

/** What the answer to the call itself says. Whatever is not a clear yes or no is open (R11, R22). */
export function verdictOf(intent: Intent, reply: Reply<IntentEndpoint>): Verdict {
  const { endpoint } = intent;
  switch (reply.kind) {
    case 'accepted': {
      const told = callOf(endpoint).told(reply.answer, intent);
      return told ? succeeded('accepted', told) : { kind: 'open', reason: 'accepted-untold' };
    }
    case 'refused': {
      const before = callOf(endpoint).doneBefore?.(reply.code, reply.answer, intent);
      if (before === 'ask') return { kind: 'open', reason: 'done-before' };
      if (before) return succeeded('done-before', before);
      return refused(endpoint, reply.status, reply.code, 'refused');
    }
    case 'not-sent':
      return { kind: 'failed', reason: 'not-sent', refusal: { code: 'service-unavailable' } };
    case 'unknown':
      return { kind: 'open', reason: 'answer-lost' };
  }
}

/** `****1234`, for what the ledger keeps. */
export const masked = (accountNumber: string): string => maskAccountNumber(accountNumber as AccountNumber);
