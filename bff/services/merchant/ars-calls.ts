import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { createArsCall } from '../../../shared/api/merchant/ars-calls.ts';
import { arsOutcome, status } from '../../../shared/hecto/codes.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { Problem } from '../../http/problem.ts';
import type { Verification } from '../../store/verifications.ts';
import { refusalTexts } from '../../text/refusal-texts.ts';
import { acceptedIn, askHectoChecked, problemIn, refusedByUs } from '../accepted-by-hecto.ts';
import { heldUnknown } from '../call-hecto-raw.ts';
import { limit } from '../onboarding/limits.ts';
import { callMs, drawCallDigits } from '../onboarding/request-call.ts';
import type { Failure } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';

type Request = z.output<(typeof createArsCall)['body']>;
type Kept = Verification<'ars'>;
type Standing = { status: 'pending' | 'approved' } | { status: 'refused'; failure: Failure };

/** What a call was about and Hecto's number of it; undefined for an id that is unknown or too old. */
export const readArsCall = (
  { store, clock }: Pick<MerchantDeps, 'store' | 'clock'>,
  id: string,
): Promise<Kept | undefined> => store.verifications.read('ars', id, clock());

/** Calls for approval that the merchant's server asks for. */
export function createArsCalls(deps: MerchantDeps) {
  const { config, store, hecto, clock, log } = deps;

  /** Places a call. The limit of calls to a phone is that of the onboarding (S64). */
  async function place(request: Request) {
    const { customerId, bankCode, accountNumber, holderName, phoneNumber, recordFile, customerIp } = request;
    const now = clock();
    const perPhone = limit('calls-per-phone', phoneNumber, now);
    const taken = await store.attempts.take(perPhone, now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached' });
      throw refusedByUs('calls-exhausted', { opensAt: kstIso(taken.opensAt) });
    }

    const digits = request.digits ?? drawCallDigits(config.arsDigits, { birth: '', phone: phoneNumber });
    const endpoint = recordFile ? 'arsRecordRequest' : 'arsRequest';
    const reply = await askHectoChecked(hecto, endpoint, {
      mchtTrdNo: newOrderNumber('ARS', now, randomBytes),
      mchtCustId: customerId,
      bankCd: bankCode,
      custAcntNo: accountNumber,
      mchtCustNm: holderName,
      authNo: digits,
      cphoneNo: phoneNumber,
      custIp: customerIp,
    }).catch(async (error: unknown) => {
      await store.attempts.giveBack(perPhone);
      throw error;
    });
    if (reply.kind === 'not-sent' || (reply.kind === 'refused' && reply.meaning.terminal)) {
      await store.attempts.giveBack(perPhone);
    }
    const { trdNo } = acceptedIn(endpoint, reply);
    if (!trdNo) throw heldUnknown(endpoint);
    const placedAt = clock();
    const endsAt = new Date(placedAt.getTime() + callMs).toISOString();
    const about = { customerId, trdNo, bankCode, accountNumber, holderName, endsAt };
    const kept = await store.verifications.create('ars', about, placedAt);
    return { ...view(kept, { status: 'pending' }), digits };
  }

  /** Asks how the call went. What Hecto does not say clearly is pending, until the call's time is up (R30). */
  async function read(id: string) {
    const kept = await readArsCall(deps, id);
    if (!kept) throw new Problem('not-found');
    const { customerId, trdNo, endsAt } = kept;
    const reply = await askHectoChecked(hecto, 'arsCheck', { mchtCustId: customerId, trdNo });
    if (reply.kind === 'not-sent' || reply.kind === 'unknown') throw problemIn('arsCheck', reply);

    const [outStatCd, outRsltCd] =
      reply.kind === 'refused' ? [reply.status, reply.code] : [status.accepted, '0000'];
    const outcome = arsOutcome(reply.answer.retCd, outStatCd, outRsltCd);
    if (outcome === 'approved') return view(kept, { status: 'approved' });
    const refused = (code: Failure['code'], retryable: boolean) =>
      view(kept, {
        status: 'refused',
        failure: {
          code,
          message: refusalTexts[code].en,
          retryable,
          hecto: { endpoint: 'arsCheck', outStatCd, outRsltCd },
        },
      });
    if (outcome !== 'pending') return refused(outcome.refusal.code, outcome.refusal.retryable);
    if (clock() >= new Date(endsAt)) return refused('call-not-finished', true);
    return view(kept, { status: 'pending' });
  }

  return { place, read };
}

const view = ({ id, customerId, createdAt, endsAt }: Kept, standing: Standing) => ({
  id,
  customerId,
  ...standing,
  createdAt: kstIso(createdAt),
  callEndsAt: kstIso(new Date(endsAt)),
});
