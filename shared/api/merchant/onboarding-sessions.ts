/** The merchant API of an onboarding session, server to server. */
import { z } from 'zod';
import type { AccountSummary, Instant, Locale, Step } from '../state.ts';

const customerId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9._@-]+$/, 'letters, digits and . _ @ - only');

/** `POST /v1/onboarding-sessions` */
export const createOnboardingSession = z.strictObject({
  customerId,
  locale: z.enum(['ko', 'en']).optional(),
  surface: z.enum(['frame', 'inline', 'modal', 'hosted']).optional(),
  /** The merchant page's origin; one of ALLOWED_ORIGINS. Default: the first of them. */
  origin: z.string().max(200).optional(),
  /** One of ALLOWED_RETURN_URLS, exactly. */
  returnUrl: z.string().max(500).optional(),
  prefill: z
    .strictObject({ name: z.string().max(120).optional(), phone: z.string().max(20).optional() })
    .optional(),
  flow: z.strictObject({ paymentPassword: z.enum(['auto', 'hecto', 'own', 'skip']).optional() }).optional(),
  metadata: z.record(z.string().max(40), z.string().max(500)).optional(),
});
export type CreateOnboardingSession = z.input<typeof createOnboardingSession>;

/** What the merchant's server reads. Unlike the widget it gets the account's key. */
export type OnboardingSession = {
  readonly id: string;
  readonly customerId: string;
  readonly status: 'open' | 'completed' | 'failed' | 'cancelled' | 'expired';
  readonly step: Step;
  readonly locale: Locale;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly completedAt?: Instant;
  readonly account?: AccountSummary & {
    readonly accountKey: string;
    readonly registeredAt: Instant;
    readonly alreadyRegistered: boolean;
  };
  readonly metadata?: Readonly<Record<string, string>>;
};

/** Answer of the create call and of `POST .../:id/client-tokens`. */
export type OnboardingSessionWithToken = OnboardingSession & {
  readonly clientToken: string;
  /** The hosted page; the client token stands behind `#`, which no server or log sees. */
  readonly hostedUrl: string;
};
