import type { z } from 'zod';
import type { createPhoneVerification } from '../../../shared/api/merchant/phone-verifications.ts';
import { parseBirth } from '../../../shared/values/birth.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import { Problem } from '../../http/problem.ts';
import { invalidRequest } from '../../http/validate.ts';
import type { Verification } from '../../store/verifications.ts';
import { acceptedIn, askHectoChecked, refusedByHecto, refusedByUs } from '../accepted-by-hecto.ts';
import { isVerdict } from '../ask-hecto.ts';
import { heldUnknown } from '../call-hecto-raw.ts';
import { limit } from '../onboarding/limits.ts';
import { carrierCodes, lifeMs, methodCodes } from '../onboarding/verify-phone.ts';
import type { MerchantDeps } from './merchant-deps.ts';

type Request = z.output<(typeof createPhoneVerification)['body']>;
type Kept = Verification<'phone'>;

/** Proofs of a phone that the merchant's server asks for. The limits of the onboarding hold here too (S60, S62). */
export function createPhoneVerifications({ store, hecto, clock, log }: MerchantDeps) {
  /** Sends a code or asks in PASS. A message counts before it is sent, also one that Hecto then refuses. */
  async function start(request: Request) {
    const { customerId, name, birthDate, genderDigit, carrier, phoneNumber, method, customerIp } = request;
    const now = clock();
    const birth = parseBirth(birthDate.replaceAll('-', '').slice(2), genderDigit, now);
    const century = '1256'.includes(genderDigit) ? '19' : '20';
    if (!birth || !birthDate.startsWith(century)) {
      throw invalidRequest([{ field: 'genderDigit', message: 'fits the date of birth, which has passed' }]);
    }
    const perPhone = limit('messages-per-phone', phoneNumber, now);
    const taken = await store.attempts.take(perPhone, now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached' });
      throw refusedByUs('code-sends-exhausted', { opensAt: kstIso(taken.opensAt) });
    }

    const reply = await askHectoChecked(hecto, 'mobileVerificationRequest', {
      mchtCustId: customerId,
      uii: birth.birth + birth.genderDigit,
      telecomCd: carrierCodes[carrier],
      cphoneNo: phoneNumber,
      mchtCustNm: name,
      authMthdCd: methodCodes[method],
      custIp: customerIp,
    });
    if (reply.kind === 'not-sent') await store.attempts.giveBack(perPhone);
    const { tid, trdNo } = acceptedIn('mobileVerificationRequest', reply);
    // Without its two numbers it can never be confirmed.
    if (!tid || !trdNo) throw heldUnknown('mobileVerificationRequest');
    const sentAt = clock();
    const endsAt = new Date(sentAt.getTime() + lifeMs[method]).toISOString();
    return view(
      await store.verifications.create('phone', { customerId, method, tid, trdNo, endsAt }, sentAt),
    );
  }

  /** Each try counts before Hecto hears of it, five a message; a try without a verdict is given back. */
  async function confirm(id: string, code: string | undefined, customerIp?: string) {
    const now = clock();
    const kept = await store.verifications.read('phone', id, now);
    if (!kept) throw new Problem('not-found');
    const { method, tid, trdNo, customerId } = kept;
    if ((code === undefined) === (method === 'sms')) {
      const message = method === 'sms' ? 'needed: the texted code' : 'left out: PASS has no code';
      throw invalidRequest([{ field: 'code', message }]);
    }
    if (now >= new Date(kept.endsAt)) throw refusedByUs(method === 'sms' ? 'code-expired' : 'pass-expired');
    const tries = limit('code-tries', id, now);
    const limits = method === 'sms' ? [tries, limit('code-asks', id, now)] : limit('pass-checks', id, now);
    const taken = await store.attempts.take(limits, now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached' });
      throw refusedByUs('code-tries-exhausted', { triesLeft: 0 });
    }

    const check = 'mobileVerificationCheck';
    const reply = await askHectoChecked(hecto, check, { authNo: code, tid, trdNo, custIp: customerIp });
    if (method === 'sms' && reply.kind !== 'accepted') {
      if (isVerdict(reply) && reply.kind === 'refused') {
        log.event('security', { what: 'code-wrong' });
        throw refusedByHecto(check, reply.status, reply.code, {
          ...(taken.left === 0
            ? { refusal: 'code-tries-exhausted' as const, retryable: false }
            : // It speaks of the whole verification; at this point only the code can be wrong.
              reply.meaning.code === 'phone-not-verified' && { refusal: 'code-wrong' as const }),
          triesLeft: taken.left,
        });
      }
      await store.attempts.giveBack(tries);
    }
    acceptedIn(check, reply);
    // A proof of the phone ends the lock of the payment password (S66).
    await store.attempts.reset('password-tries', customerId);
    log.event('security', { what: 'phone-proven' });
    return view(kept, 'verified');
  }

  return { start, confirm };
}

const view = (
  { id, customerId, method, createdAt, endsAt }: Kept,
  status: 'pending' | 'verified' = 'pending',
) => ({ id, customerId, method, status, createdAt: kstIso(createdAt), expiresAt: kstIso(new Date(endsAt)) });
