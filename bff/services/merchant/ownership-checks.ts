import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { createOwnershipCheck, OwnershipCheck } from '../../../shared/api/merchant/ownership-checks.ts';
import { refusalOf, status } from '../../../shared/hecto/codes.ts';
import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import { kstDay, kstIso } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { Problem } from '../../http/problem.ts';
import type { Verification } from '../../store/verifications.ts';
import { acceptedByHecto, acceptedIn, askHectoChecked, refusedByHecto } from '../accepted-by-hecto.ts';
import { heldUnknown } from '../call-hecto-raw.ts';
import { failureOf, given, masked, momentOf } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';

type Request = z.output<(typeof createOwnershipCheck)['body']>;
type Kept = Verification<'ownership'>;
type WithCode = Extract<Kept, { kind: 'code' }>;

const codeTypes = { 'digits-3': '1', 'letter-and-digits': '2', word: '3', 'digits-4': '4' } as const;
const positions = { before: 'F', after: 'R' } as const;
const validSecondsByDefault = 600;

/** One won on an account, with a text that only its holder can read off the statement. */
export function createOwnershipChecks({ store, hecto, clock }: MerchantDeps) {
  function start(request: Request): Promise<OwnershipCheck> {
    const { passbookText } = request;
    return passbookText === undefined ? depositCode(request) : depositText(request, passbookText);
  }

  /** The merchant's own text: Hecto deposits it, and there is nothing to confirm. */
  async function depositText(request: Request, passbookText: string): Promise<OwnershipCheck> {
    await acceptedByHecto(hecto, 'accountOwnershipVerification', {
      ...accountOf(request),
      mchtTrdNo: newOrderNumber('OWN', clock(), randomBytes),
      custAcntSumry: passbookText,
    });
    const about = { ...aboutOf(request), kind: 'passbook-text' as const };
    return view(await store.verifications.create('ownership', about, clock()));
  }

  async function depositCode(request: Request): Promise<OwnershipCheck> {
    const now = clock();
    const orderNumber = newOrderNumber('OWN', now, randomBytes);
    const reply = await askHectoChecked(hecto, 'ownershipVerificationRequest', {
      ...accountOf(request),
      mchtTrdNo: orderNumber,
      mchtCustNm: request.holderName,
      authType: codeTypes[request.codeType ?? 'digits-4'],
      remitterNm: request.senderText,
      textPos: request.senderTextPosition && positions[request.senderTextPosition],
      authVldTm: request.validSeconds?.toString(),
      apintTm: request.repeatLockSeconds?.toString(),
    });
    const opensAt = reply.kind === 'refused' ? momentOf(reply.answer.edDtm) : undefined;
    if (reply.kind === 'refused' && opensAt !== undefined) {
      throw refusedByHecto('ownershipVerificationRequest', reply.status, reply.code, { opensAt });
    }
    const { trdNo } = acceptedIn('ownershipVerificationRequest', reply);
    if (!trdNo) throw heldUnknown('ownershipVerificationRequest');
    const endsAt = new Date(now.getTime() + (request.validSeconds ?? validSecondsByDefault) * 1000);
    const about = {
      ...aboutOf(request),
      kind: 'code' as const,
      orderNumber,
      trdNo,
      orderDay: kstDay(now),
      endsAt: endsAt.toISOString(),
    };
    return view(await store.verifications.create('ownership', about, now));
  }

  /** Compares what the customer read; Hecto counts the tries. */
  async function confirm(id: string, code: string, customerIp?: string): Promise<OwnershipCheck> {
    const kept = await find(id);
    if (kept.kind !== 'code') {
      throw new Problem('conflict', { detail: 'The text is yours: compare it yourself.', retryable: false });
    }
    await acceptedByHecto(hecto, 'ownershipVerificationCheck', {
      mchtTrdNo: kept.orderNumber,
      trdNo: kept.trdNo,
      mchtCustId: kept.customerId,
      authNo: code,
      custIp: customerIp,
    });
    return { ...view(kept), status: 'confirmed', checkedAt: kstIso(clock()) };
  }

  async function read(id: string): Promise<OwnershipCheck> {
    const kept = await find(id);
    if (kept.kind !== 'code') return view(kept);
    const record = await acceptedByHecto(hecto, 'ownershipVerificationHistory', {
      orgTrdDt: kept.orderDay,
      mchtTrdNo: kept.orderNumber,
      trdNo: kept.trdNo,
      mchtCustId: kept.customerId,
    });
    return standing(kept, record);
  }

  /** A wrong code leaves further tries; too late or too often is the end. */
  function standing(kept: WithCode, record: AnswerOf<'ownershipVerificationHistory'>): OwnershipCheck {
    const { trdStatCd, trdRsltCd = '' } = record;
    const base = { ...view(kept), ...given('checkedAt', momentOf(record.chkTrdDtm)) };
    if (trdStatCd === status.accepted) return { ...base, status: 'confirmed' };
    const late = clock() >= new Date(kept.endsAt);
    if (trdStatCd !== status.refused) return base;
    const { code, terminal, retryable } = refusalOf('ownershipVerificationCheck', trdRsltCd);
    if (!terminal) return late ? { ...base, status: 'failed', failure: expired } : base;
    const over = late || !retryable || code === 'code-expired';
    const failure = failureOf('ownershipVerificationCheck', trdStatCd, trdRsltCd);
    return { ...base, status: over ? 'failed' : 'pending', failure };
  }

  async function find(id: string): Promise<Kept> {
    const kept = await store.verifications.read('ownership', id, clock());
    if (!kept) throw new Problem('not-found');
    return kept;
  }

  return { start, confirm, read };
}

const expired = failureOf('ownershipVerificationCheck', status.refused, 'SE01');

const accountOf = ({ customerId, bankCode, accountNumber, customerIp }: Request) => ({
  mchtCustId: customerId,
  bankCd: bankCode,
  custAcntNo: accountNumber,
  custIp: customerIp,
});

const aboutOf = ({ customerId, bankCode, accountNumber }: Request) => ({
  customerId,
  bankCode,
  maskedAccountNumber: masked(accountNumber),
});

const view = (kept: Kept): OwnershipCheck => ({
  id: kept.id,
  customerId: kept.customerId,
  kind: kept.kind,
  status: kept.kind === 'code' ? 'pending' : 'deposited',
  bankCode: kept.bankCode,
  maskedAccountNumber: kept.maskedAccountNumber,
  createdAt: kstIso(kept.createdAt),
  ...(kept.kind === 'code' && { expiresAt: kstIso(new Date(kept.endsAt)) }),
});
