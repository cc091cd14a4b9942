import { banks } from '../../../shared/hecto/banks.ts';
import type { RefusalCode } from '../../../shared/api/refusals.ts';
import type { Refusal } from '../../../shared/api/state.ts';
import type { Account as AccountInput } from '../../../shared/api/widget.ts';
import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';
import { parseAccountNumber } from '../../../shared/values/account-number.ts';
import { nextKstMidnight } from '../../../shared/values/kst.ts';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, final, isVerdict, refusalFrom } from '../ask-hecto.ts';
import { custIp, type Caller, type JourneyDeps } from './journey-deps.ts';
import type { Account, JourneyAt } from './journey.ts';
import { limit } from './limits.ts';
import type { ListBanks } from './list-banks.ts';
import type { TakeTurn } from './take-turn.ts';

type Deps = JourneyDeps & { readonly takeTurn: TakeTurn; readonly listBanks: ListBanks };

/** The field's length in Hecto's contract; banks themselves keep 12 to 20 bytes of a name. */
const holderNameBytes = 30;

/** Answers about the account itself. They count as failed tries, and the last one is told like the first. */
const aboutAccount: readonly RefusalCode[] = [
  'account-not-confirmed',
  'account-not-usable',
  'account-not-accepted',
  'account-restricted',
  'account-holder-mismatch-birth',
];

/**
 * The customer chooses bank and account. The holder is compared with the name that was verified by phone, always:
 * without a name Hecto would tell whose account it is (H7). Stops below Hecto's own threshold for misuse, and for
 * the day once Hecto says that it was reached (S63).
 */
export function createChooseAccount({ store, hecto, clock, log, takeTurn, listBanks }: Deps) {
  return function chooseAccount(session: Session, input: AccountInput, caller: Caller): Promise<Session> {
    const accountNumber = parseAccountNumber(input.accountNumber);
    if (!accountNumber) {
      throw new Problem('invalid-request', {
        errors: [{ field: 'accountNumber', message: '9 to 15 digits' }],
      });
    }
    const { bankCode } = input;
    return takeTurn(session, 'choose-account', { bankCode, accountNumber }, async ({ journey }) => {
      const bank = (await listBanks()).find(({ code }) => code === bankCode);
      if (!bank?.usable) return { ...journey, refusal: again('bank-not-supported') };
      const ours = banks.some(({ code }) => code === bankCode);
      const account: Account = { bankCode, accountNumber, ...(ours ? {} : { bankName: bank.name.ko }) };
      const refusal = (await closed(account)) ?? (await checkHolder(session, journey, account, caller));
      if (refusal) return { ...journey, refusal };
      return { ...journey, step: 'ars', account, ars: { phase: 'ready' } };
    });
  };

  /** Whether the bank takes registrations now. Hecto's word rules, our table where Hecto says nothing (R28). */
  async function closed({ bankCode }: Account): Promise<Refusal | undefined> {
    const reply = await askHecto(hecto, 'bankMaintenance', { pktDivCd: 'RE', bankCd: bankCode });
    if (reply.kind === 'accepted') return undefined;
    const opensAt = maintenanceAt(bankCode, clock())?.opensAt.toISOString();
    const details = opensAt ? { opensAt } : {};
    if (reply.kind === 'refused') return refusalFrom(reply, details);
    return opensAt ? again('bank-maintenance', details) : undefined;
  }

  async function checkHolder(
    { id: sessionId, customerId }: Session,
    { person }: JourneyAt<'account'>,
    { bankCode, accountNumber }: Account,
    caller: Caller,
  ): Promise<Refusal | undefined> {
    const now = clock();
    const exhausted = () => {
      log.event('security', { what: 'limit-reached', sessionId });
      return final('account-checks-exhausted', { triesLeft: 0, opensAt: nextKstMidnight(now).toISOString() });
    };

    const failures = limit('account-failures', customerId, now);
    const counted = await store.attempts.take(failures, now);
    if (!counted.allowed) return exhausted();
    // An account that was tried before today is not a further one.
    const seen = limit('account-seen', `${customerId}|${bankCode}|${accountNumber}`, now);
    const further = await store.attempts.take([seen, limit('accounts-per-customer', customerId, now)], now);
    if (!further.allowed && (await store.attempts.left(seen, now)) > 0) {
      await store.attempts.giveBack(failures);
      return exhausted();
    }

    const reply = await askHecto(hecto, 'accountHolderNameInquiry', {
      mchtCustId: customerId,
      bankCd: bankCode,
      custAcntNo: accountNumber,
      mchtCustNm: cut(person.name, holderNameBytes),
      // Says already here when an account can never be registered.
      acctNoChkYn: 'Y',
      ...custIp(caller),
    });
    if (reply.kind === 'accepted') {
      await store.attempts.giveBack(failures);
      return undefined;
    }
    const refusal = refusalFrom(reply);
    if (refusal.code === 'account-checks-exhausted') {
      while ((await store.attempts.take(failures, now)).allowed);
      return exhausted();
    }
    if (!isVerdict(reply) || !aboutAccount.includes(refusal.code)) {
      await store.attempts.giveBack(failures);
      return refusal;
    }
    return again(refusal.code, { triesLeft: counted.left });
  }
}

/** At most so many bytes of UTF-8, never half a character. */
function cut(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
