import { createHash } from 'node:crypto';
import { kstIso } from '../../../shared/values/kst.ts';
import type { RecordedConsent } from '../../store/consents.ts';
import type { ChainCheck } from '../../store/hash-chain.ts';
import type { Intent, IntentKind } from '../../store/intents.ts';
import type { RecordedTransition } from '../../store/ledger.ts';
import type { Records } from '../../store/open-records.ts';
import type { RegistrationIntent } from '../../store/store.ts';
import type {
  Chain,
  ConsentEvidence,
  DocumentEvidence,
  Evidence,
  IntentEvidence,
  MoneyEvidence,
  Recorded,
  RegistrationEvidence,
  StepEvidence,
} from './evidence.ts';
import type { Verification } from './verify-records.ts';

const pageSize = 200;

/** Reads it all and decrypts what is personal: the one place that does. Undefined when nothing is on record. */
export async function collectEvidence(
  { consents, ledger, intents, registrations, accountCancellations }: Records,
  customerId: string,
  { merchantId, verification, now }: { merchantId: string; verification: Verification; now: Date },
): Promise<Evidence | undefined> {
  const shown = await consents.ofCustomer(customerId);
  const journeys = await registrations.ofCustomer(customerId);
  const cancelled = await accountCancellations.ofCustomer(customerId);
  const all = await allIntents();
  if (shown.length + journeys.length + cancelled.length + all.length === 0) return undefined;

  async function allIntents(): Promise<Intent[]> {
    const found: Intent[] = [];
    for (;;) {
      const last = found.at(-1);
      const page = await intents.list(
        { kinds: everyKind, customerId, ...(last && { before: last.seq }) },
        pageSize,
      );
      found.push(...page);
      if (page.length < pageSize) return found.reverse();
    }
  }

  const stepsOf = async ({ id }: { readonly id: string }) => (await ledger.of(id)).map(stepEvidence);
  const withSteps = async <T extends { readonly id: string }, E>(
    items: readonly T[],
    evidence: (item: T, steps: StepEvidence[]) => E,
  ): Promise<E[]> => {
    const done: E[] = [];
    for (const item of items) done.push(evidence(item, await stepsOf(item)));
    return done;
  };
  const money = (...kinds: readonly IntentKind[]) =>
    withSteps(
      all.filter(({ kind }) => kinds.includes(kind)),
      moneyEvidence,
    );

  return {
    customerId,
    merchantId,
    madeAt: kstIso(now),
    chains: {
      isSound: verification.isSound,
      consents: chain(verification.consents),
      transitions: chain(verification.transitions),
    },
    consents: shown.map(consentEvidence),
    documents: documentsOf(shown),
    registrations: [
      ...(await withSteps(journeys, journeyEvidence)),
      ...(await withSteps(
        all.filter(({ kind }) => kind === 'registration'),
        registrationEvidence,
      )),
    ],
    payments: await money('payment', 'charge'),
    refunds: await money('refund'),
    remittances: await money('remittance'),
    cancellations: cancelled.map(({ cancelledAt, ...one }) => ({
      at: kstIso(cancelledAt),
      bankCode: one.bankCode,
      maskedAccountNumber: one.maskedAccountNumber,
      accountKey: one.accountKey,
      cancelledBy: one.cancelledBy,
      reason: one.reason,
    })),
  };
}

const everyKind: readonly IntentKind[] = ['payment', 'charge', 'refund', 'remittance', 'registration'];

const chain = ({ rows, last, brokenAt }: ChainCheck): Chain => ({
  rows,
  ...(last && { lastLink: last.link.toString('hex') }),
  ...(brokenAt !== undefined && { brokenAtRow: brokenAt }),
});

const recorded = ({ seq, link }: { readonly seq: number; readonly link: Buffer }): Recorded => ({
  row: seq,
  link: link.toString('hex'),
});

const consentEvidence = (consent: RecordedConsent): ConsentEvidence => ({
  at: kstIso(consent.at),
  documentId: consent.documentId,
  version: consent.version,
  locale: consent.locale,
  title: consent.title,
  sha256: consent.sha256,
  agreed: consent.agreed,
  opened: consent.opened,
  sessionId: consent.sessionId,
  ...consent.evidence,
  ...recorded(consent),
});

const documentsOf = (consents: readonly RecordedConsent[]): DocumentEvidence[] =>
  [...new Map(consents.map((consent) => [consent.sha256, consent])).values()].map(
    ({ sha256, title, text }) => ({
      sha256,
      title,
      text,
      isExact: createHash('sha256').update(text, 'utf8').digest('hex') === sha256,
    }),
  );

const stepEvidence = (step: RecordedTransition): StepEvidence => ({
  at: kstIso(step.at),
  ...(step.from && { from: step.from }),
  to: step.to,
  reason: step.reason,
  ...recorded(step),
});

/** `2026-11-23T10:00:00+09:00` of Hecto's date and time. */
const sentAt = ({ date, time }: { readonly date: string; readonly time: string }): string =>
  `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}+09:00`;

function journeyEvidence(intent: RegistrationIntent, steps: StepEvidence[]): RegistrationEvidence {
  const { call, result = {} } = intent;
  const { bankCode = call?.bankCode, maskedNumber = call?.maskedNumber, accountKey } = result;
  return {
    id: intent.id,
    // In the ledger's words, as the intents are.
    state: intent.state === 'registered' ? 'succeeded' : intent.state,
    orderNumber: intent.orderNumber,
    sentAt: sentAt(intent.sent),
    sessionId: intent.sessionId,
    ...(bankCode !== undefined && { bankCode }),
    ...(maskedNumber !== undefined && { maskedAccountNumber: maskedNumber }),
    ...(accountKey !== undefined && { accountKey }),
    ...(call && {
      approval: {
        method: 'ars',
        transactionNumber: call.transactionNumber,
        calledAt: kstIso(new Date(call.placedAt)),
        approvedAt: kstIso(new Date(call.approvedAt)),
        maskedPhone: call.maskedPhone,
        maskedAccountNumber: call.maskedNumber,
      },
    }),
    steps,
  };
}

function intentEvidence(intent: Intent, steps: StepEvidence[]): IntentEvidence {
  const { about, result = {}, refusal, sent } = intent;
  const maskedAccountNumber = result.maskedAccountNumber ?? about.maskedAccountNumber;
  return {
    id: intent.id,
    state: intent.state,
    orderNumber: intent.orderNumber,
    ...(sent && { sentAt: sentAt(sent) }),
    ...(about.bankCode !== undefined && { bankCode: about.bankCode }),
    ...(maskedAccountNumber !== undefined && { maskedAccountNumber }),
    ...(refusal?.hecto && { hectoCode: refusal.hecto.outRsltCd }),
    steps,
  };
}

function registrationEvidence(intent: Intent, steps: StepEvidence[]): RegistrationEvidence {
  const { approval } = intent.about;
  const accountKey = intent.result?.accountKey;
  return {
    ...intentEvidence(intent, steps),
    ...(accountKey !== undefined && { accountKey }),
    ...(approval && {
      approval: {
        method: approval.method,
        ...(approval.number !== undefined && { transactionNumber: approval.number }),
      },
    }),
  };
}

function moneyEvidence(intent: Intent, steps: StepEvidence[]): MoneyEvidence {
  const { about, result = {}, parentId } = intent;
  const recurringPaymentKey = result.recurringPaymentKey ?? about.recurringPaymentKey;
  return {
    ...intentEvidence(intent, steps),
    kind: intent.kind,
    amount: intent.amount ?? 0,
    ...(parentId !== undefined && { paymentId: parentId }),
    ...(about.productName !== undefined && { productName: about.productName }),
    ...(result.transactionNumber !== undefined && { transactionNumber: result.transactionNumber }),
    ...(recurringPaymentKey !== undefined && { recurringPaymentKey }),
    ...(about.metadata && { metadata: about.metadata }),
  };
}
