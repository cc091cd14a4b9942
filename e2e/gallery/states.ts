/** What the BFF tells in the gallery: one customer, one account, one moment. */
import { bankWords } from '../../bff/services/onboarding/bank-words.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import { refusalMessage, whyClosed } from '../../bff/text/wording.ts';
import type { RefusalCode } from '../../shared/api/refusals.ts';
import type { AccountSummary, Refusal, ShownRefusal, State, Step, StepView } from '../../shared/api/state.ts';
import type { Bank, Keypad } from '../../shared/api/widget.ts';
import { banks as allBanks } from '../../shared/hecto/banks.ts';

/** The moment at which all clocks of the gallery stand: 10:00 in Korea. */
export const now = '2026-11-23T01:00:00.000Z';

/** A moment so many seconds from then. */
export const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString();

export const account: AccountSummary = {
  bankCode: '004',
  bankName: { ko: '국민은행', en: 'Kookmin Bank' },
  maskedNumber: '****1234',
};

type Common = Omit<State, keyof StepView>;

/** A whole state: what is particular to it, and the rest as in every other. */
export const stateAt = <S extends Step>(
  view: Extract<StepView, { step: S }> & Partial<Common>,
): Extract<StepView, { step: S }> & Common => ({
  id: 'obs_gallery',
  version: 1,
  locale: 'ko',
  merchant: { name: '새벽콩 로스터스' },
  now,
  sessionEndsAt: later(600),
  known: {},
  ...view,
});

/** A refusal as the BFF words it. */
export function refused(code: RefusalCode, more: Partial<Refusal> = {}): { readonly refusal: ShownRefusal } {
  const refusal: Refusal = { code, retryable: true, ...more };
  return {
    refusal: { ...refusal, text: refusalTexts[code], message: refusalMessage(refusal, new Date(now)) },
  };
}

/** Under maintenance at that moment, and taking nothing at all. */
const maintained = '020';
const unusable = '027';

/** Every bank, as the BFF lists them; two are closed. */
export const banks: readonly Bank[] = allBanks.map(({ code, ko, en, kind }) => {
  const bank: Bank = {
    code,
    name: { ko, en },
    words: bankWords(code, ko, en),
    kind,
    usable: code !== unusable,
    ...(code === maintained && {
      maintenance: { from: '23:50', to: '00:30', opensAt: '2026-11-23T15:30:00.000Z' },
    }),
  };
  return code === maintained || code === unusable
    ? { ...bank, closed: whyClosed(bank, new Date(now)) }
    : bank;
});

const shuffled = ['3', '', '7', '1', '9', '0', '5', '2', '', '8', '4', '6'];

export const keypad = (purpose: Keypad['purpose']): Keypad => ({
  keypadId: 'keypad-of-the-gallery',
  purpose,
  keys: shuffled,
  // Any point of the curve will do: nobody opens what is sealed here.
  publicKey: 'BHVcFbBLMDzBXQpqzEdaE5-hFr4DFqrxWqIinrSsRtO5vNHRe5FB4hUCUWGm-8HGC8cmPc4ajmJmau1g61QKYZs',
  expiresAt: later(120),
});
