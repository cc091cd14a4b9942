import type { IntentKind } from '../../store/intents.ts';

/** Everything that is on record about one customer. JSON; moments are Korean, amounts whole won. */
export type Evidence = {
  readonly customerId: string;
  readonly merchantId: string;
  readonly madeAt: string;
  readonly chains: ChainStatement;
  readonly consents: readonly ConsentEvidence[];
  /** The exact text of every document that stands in `consents`. */
  readonly documents: readonly DocumentEvidence[];
  readonly registrations: readonly RegistrationEvidence[];
  readonly payments: readonly MoneyEvidence[];
  readonly refunds: readonly MoneyEvidence[];
  readonly remittances: readonly MoneyEvidence[];
  readonly cancellations: readonly CancellationEvidence[];
};

/** Whether all records, of all customers, were unbroken when this was made. */
export type ChainStatement = {
  readonly isSound: boolean;
  readonly consents: Chain;
  readonly transitions: Chain;
};
export type Chain = { readonly rows: number; readonly lastLink?: string; readonly brokenAtRow?: number };

/** Where a record stands in its chain. */
export type Recorded = { readonly row: number; readonly link: string };

export type ConsentEvidence = Recorded & {
  readonly at: string;
  readonly documentId: string;
  readonly version: string;
  readonly locale: string;
  readonly title: string;
  readonly sha256: string;
  readonly agreed: boolean;
  readonly opened: boolean;
  readonly sessionId: string;
  /** Absent when the sealed value can no longer be opened. */
  readonly address?: string;
  readonly userAgent?: string;
};

export type DocumentEvidence = {
  readonly sha256: string;
  readonly title: string;
  readonly text: string;
  /** Whether the text still is what its hash says. */
  readonly isExact: boolean;
};

export type StepEvidence = Recorded & {
  readonly at: string;
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
};

export type IntentEvidence = {
  readonly id: string;
  readonly state: string;
  readonly orderNumber: string;
  /** As Hecto was told, in Korean time. */
  readonly sentAt?: string;
  readonly bankCode?: string;
  readonly maskedAccountNumber?: string;
  readonly hectoCode?: string;
  readonly steps: readonly StepEvidence[];
};

export type RegistrationEvidence = IntentEvidence & {
  readonly sessionId?: string;
  readonly accountKey?: string;
  readonly approval?: {
    readonly method: string;
    /** Hecto's number of the approved call. */
    readonly transactionNumber?: string;
    readonly calledAt?: string;
    readonly approvedAt?: string;
    readonly maskedPhone?: string;
    readonly maskedAccountNumber?: string;
  };
};

export type MoneyEvidence = IntentEvidence & {
  readonly kind: IntentKind;
  readonly amount: number;
  readonly paymentId?: string;
  readonly productName?: string;
  readonly transactionNumber?: string;
  readonly recurringPaymentKey?: string;
  readonly metadata?: Readonly<Record<string, string>>;
};

export type CancellationEvidence = {
  readonly at: string;
  readonly bankCode: string;
  readonly maskedAccountNumber: string;
  readonly accountKey: string;
  readonly cancelledBy: string;
  readonly reason: string;
};
