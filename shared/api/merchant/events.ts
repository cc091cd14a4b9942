/** What the merchant's server hears of by webhook, and how it can look at it again. */
import { z } from 'zod';
import type { OnboardingSession } from './onboarding-sessions.ts';
import { payment, refund } from './payments.ts';
import { registration } from './registrations.ts';
import { remittance } from './remittances.ts';

const endings = {
  onboarding: ['completed', 'failed', 'cancelled', 'expired'],
  account: ['cancelled'],
  payment: ['succeeded', 'failed', 'needs_review'],
  refund: ['succeeded', 'failed', 'needs_review'],
  remittance: ['succeeded', 'failed', 'needs_review'],
  registration: ['succeeded', 'failed', 'needs_review'],
} as const;

type Endings = typeof endings;
/** Every type there is: what changed and what came of it. */
export type EventType = { [S in keyof Endings]: `${S}.${Endings[S][number]}` }[keyof Endings];

export const eventTypes = Object.entries(endings).flatMap(([about, ends]) =>
  ends.map((end) => `${about}.${end}`),
) as readonly EventType[];
export const eventType = z.enum(eventTypes);

/** A moment as ISO 8601 with Korea's offset. */
const koreanMoment = z.iso.datetime({ offset: true });

/** `onboarding.*`: the session, as `GET /v1/onboarding-sessions/:id` shows it. */
export const onboardingEventData = z.strictObject({
  id: z.string(),
  customerId: z.string(),
  status: z.enum(['open', 'completed', 'failed', 'cancelled', 'expired']),
  step: z.enum([
    'terms',
    'identity',
    'code',
    'pass',
    'account',
    'ars',
    'password',
    'done',
    'failed',
    'cancelled',
    'expired',
  ]),
  locale: z.enum(['ko', 'en']),
  createdAt: z.iso.datetime({ offset: true }),
  expiresAt: z.iso.datetime({ offset: true }),
  completedAt: z.iso.datetime({ offset: true }).exactOptional(),
  account: z
    .strictObject({
      bankCode: z.string(),
      bankName: z.strictObject({ ko: z.string(), en: z.string() }),
      maskedNumber: z.string(),
      accountKey: z.string(),
      registeredAt: z.iso.datetime({ offset: true }),
      alreadyRegistered: z.boolean(),
    })
    .exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
}) satisfies z.ZodType<OnboardingSession>;

/** `account.cancelled`: a bank or the clearing institute ended the registration; the key no longer pays. */
export const accountCancelledData = z.strictObject({
  customerId: z.string(),
  bankCode: z.string(),
  maskedAccountNumber: z.string(),
  accountKey: z.string(),
  cancelledAt: koreanMoment,
  cancelledBy: z.enum(['bank', 'clearing-institute', 'unknown']),
  reason: z.enum([
    'customer-request',
    'bank-decision',
    'account-changed',
    'no-consent-on-file',
    'other',
    'unknown',
  ]),
});
export type AccountCancelled = z.output<typeof accountCancelledData>;

/** What `data` of each subject holds: the resource, as the merchant API shows it. */
const dataOf: { readonly [S in keyof Endings]: z.ZodType } = {
  onboarding: onboardingEventData,
  account: accountCancelledData,
  payment,
  refund,
  remittance,
  registration,
};

/** What `data` of a type holds. */
export const eventData = (type: EventType): z.ZodType => dataOf[type.split('.')[0] as keyof Endings];

/** The body of a webhook. Its id stands in the header `webhook-id` and stays the same over all attempts. */
export const webhookBody = z.strictObject({
  type: eventType,
  /** When it happened, not when it was sent. */
  timestamp: koreanMoment,
  data: z.record(z.string(), z.unknown()),
});
export type WebhookBody = z.output<typeof webhookBody>;

/**
 * How the delivery stands: `pending` is under way or will be tried again, `failed` was given up after the last
 * try, `held` was recorded while no WEBHOOK_URL was set. The last two go out when they are replayed.
 */
export const eventState = z.enum(['pending', 'delivered', 'failed', 'held']);
export type EventState = z.output<typeof eventState>;

/** An event, as the merchant API shows it. */
export const merchantEvent = z.strictObject({
  id: z.string(),
  ...webhookBody.shape,
  state: eventState,
  attempts: z.int(),
  /** While it is pending: not tried again before. */
  nextAttemptAt: koreanMoment.optional(),
  deliveredAt: koreanMoment.optional(),
});
export type MerchantEvent = z.output<typeof merchantEvent>;

/** One try to deliver: what the merchant's server answered, or why there was no answer. */
export const deliveryAttempt = z.strictObject({
  attempt: z.int(),
  at: koreanMoment,
  httpStatus: z.int().optional(),
  error: z.enum(['timeout', 'connection', 'address-refused']).optional(),
  ms: z.int(),
});
export type DeliveryAttempt = z.output<typeof deliveryAttempt>;

export const merchantEventWithDeliveries = z.strictObject({
  ...merchantEvent.shape,
  deliveries: z.array(deliveryAttempt),
});
export type MerchantEventWithDeliveries = z.output<typeof merchantEventWithDeliveries>;

/** One page, newest first; the cursor is absent on the last. */
export type MerchantEventList = { readonly events: MerchantEvent[]; readonly nextCursor?: string };

/** How the address of WEBHOOK_URL stands. */
export const webhookEndpoint = z.strictObject({
  state: z.enum(['none', 'enabled', 'disabled']),
  /** Since when every attempt has failed. */
  failingSince: koreanMoment.optional(),
  disabledAt: koreanMoment.optional(),
  /** `gone`: it answered 410. `failing`: no attempt succeeded for three days. */
  disabledBecause: z.enum(['gone', 'failing']).optional(),
});
export type WebhookEndpoint = z.output<typeof webhookEndpoint>;
