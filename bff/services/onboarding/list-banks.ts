import { banks, clearingInstitute } from '../../../shared/hecto/banks.ts';
import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';
import type { Bank } from '../../../shared/api/widget.ts';
import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import { Problem } from '../../http/problem.ts';
import { whyClosed } from '../../text/wording.ts';
import { askHecto } from '../ask-hecto.ts';
import { bankWords } from './bank-words.ts';
import type { JourneyDeps } from './journey-deps.ts';

/** Hecto's list changes rarely; this long it is not asked again. */
const freshMs = 10 * 60_000;

type Offer = Pick<Bank, 'code' | 'name' | 'words' | 'kind' | 'usable'>;
type BankRecord = NonNullable<AnswerOf<'bankList'>['bankRecords']>[number];
export type ListBanks = () => Promise<readonly Bank[]>;

/**
 * The banks a customer can choose, in Hecto's order, with those that are closed right now. A bank that our table
 * lacks has Hecto's name. One question to
 * Hecto serves everybody for ten minutes; when it fails, the last good answer goes on serving.
 * Throws `unavailable` when there has never been one.
 */
export function createListBanks({ hecto, clock }: Pick<JourneyDeps, 'hecto' | 'clock'>): ListBanks {
  let last: { readonly offers: readonly Offer[]; readonly at: number } | undefined;
  let asking: Promise<readonly Offer[]> | undefined;
  let listed:
    { readonly of: readonly Offer[]; readonly minute: number; readonly banks: readonly Bank[] } | undefined;

  async function ask(): Promise<readonly Offer[]> {
    const reply = await askHecto(hecto, 'bankList', {});
    const records = reply.kind === 'accepted' ? (reply.answer.bankRecords ?? []) : [];
    if (records.length === 0) {
      if (last) return last.offers;
      throw new Problem('unavailable');
    }
    const offers = offersIn(records);
    last = { offers, at: clock().getTime() };
    return offers;
  }

  return async function listBanks() {
    const now = clock();
    const age = last ? Math.abs(now.getTime() - last.at) : Infinity;
    if (age >= freshMs) asking ??= ask().finally(() => (asking = undefined));
    const offers = age < freshMs && last ? last.offers : await asking!;
    // Banks open and close with a minute, so that all customers of this one see the same.
    const minute = Math.floor(now.getTime() / 60_000);
    if (listed?.of !== offers || listed.minute !== minute)
      listed = { of: offers, minute, banks: offers.map((offer) => asOf(offer, now)) };
    return listed.banks;
  };
}

/** A bank as it is to be shown now. */
function asOf(offer: Offer, now: Date): Bank {
  const window = maintenanceAt(offer.code, now);
  if (!window) return offer.usable ? offer : { ...offer, closed: whyClosed(offer, now) };
  const maintenance = { ...window, opensAt: window.opensAt.toISOString() };
  return { ...offer, maintenance, closed: whyClosed({ ...offer, maintenance }, now) };
}

/** The banks of Hecto's answer in its order of display. */
export function offersIn(records: readonly BankRecord[]): Offer[] {
  const place = ({ recordBankOrd }: BankRecord) => Number(recordBankOrd ?? Infinity);
  return [...records]
    .sort((a, b) => place(a) - place(b))
    .flatMap(({ recordBankCd: code = '', recordBankNm: name = code, recordUseYn }): Offer[] => {
      if (!/^\d{3}$/.test(code) || code === clearingInstitute) return [];
      const known = banks.find((bank) => bank.code === code);
      const { kind, ko, en } = known ?? { kind: 'bank', ko: plainName(name), en: plainName(name) };
      return [{ code, kind, name: { ko, en }, words: bankWords(code, ko, en), usable: recordUseYn !== 'N' }];
    });
}

/** A name from outside as one line of plain text: nothing invisible, nothing that turns the writing around (S27). */
const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 40);
