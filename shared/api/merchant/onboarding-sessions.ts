/** The merchant API of an onboarding session, server to server. */
import { z } from 'zod';
import {
  accountKey,
  bankCode,
  bankName,
  customerId,
  maskedAccountNumber,
  metadata,
  moment,
} from './fields.ts';
import { operation } from './operation.ts';

const locale = z.enum(['ko', 'en']);

/** `POST /v1/onboarding-sessions` */
export const createOnboardingSession = z.strictObject({
  customerId,
  locale: locale.optional(),
  surface: z.enum(['frame', 'inline', 'modal', 'modal-inline', 'hosted']).optional(),
  origin: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "The merchant page's origin; one of ALLOWED_ORIGINS. Default: the first of them." }),
  returnUrl: z.string().max(500).optional().meta({ description: 'One of ALLOWED_RETURN_URLS, exactly.' }),
  prefill: z
    .strictObject({ name: z.string().max(120).optional(), phone: z.string().max(20).optional() })
    .optional(),
  flow: z.strictObject({ paymentPassword: z.enum(['auto', 'hecto', 'own', 'skip']).optional() }).optional(),
  metadata: metadata.optional(),
});
export type CreateOnboardingSession = z.input<typeof createOnboardingSession>;

const sessionId = z.string().max(64).meta({ example: 'obs_3kTQx0bZ1yJc5uVh8mWdRs2N' });
const params = z.strictObject({ onboardingSessionId: sessionId });

/** What the merchant's server reads. Unlike the widget it gets the account's key. */
export const onboardingSession = z
  .object({
    id: sessionId,
    customerId,
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
    locale,
    createdAt: moment,
    expiresAt: moment,
    completedAt: moment.optional(),
    account: z
      .object({
        bankCode,
        bankName,
        maskedNumber: maskedAccountNumber.meta({ example: '****9876' }),
        accountKey,
        registeredAt: moment,
        alreadyRegistered: z.boolean(),
      })
      .optional(),
    metadata: metadata.optional(),
  })
  .meta({ id: 'OnboardingSession' });
export type OnboardingSession = z.output<typeof onboardingSession>;

/** Answer of the create call and of `POST .../client-tokens`. */
export const onboardingSessionWithToken = onboardingSession
  .extend({
    clientToken: z.string().meta({ description: 'Opens the widget once, within ten minutes.' }),
    hostedUrl: z
      .string()
      .meta({
        description: 'The hosted page; the client token stands behind `#`, which no server or log sees.',
      }),
  })
  .meta({ id: 'OnboardingSessionWithToken' });
export type OnboardingSessionWithToken = z.output<typeof onboardingSessionWithToken>;

const tag = 'Onboarding';

export const createSession = operation({
  id: 'createOnboardingSession',
  method: 'POST',
  scope: 'sessions',
  path: '/v1/onboarding-sessions',
  tag,
  summary: 'Create an onboarding session',
  body: createOnboardingSession,
  example: {
    customerId: 'customer-17',
    locale: 'ko',
    prefill: { name: '김민서', phone: '01012345678' },
    metadata: { cart: '20261123-0412' },
  },
  answers: { 201: onboardingSessionWithToken },
  once: true,
});

export const readSession = operation({
  id: 'readOnboardingSession',
  method: 'GET',
  scope: 'sessions',
  path: '/v1/onboarding-sessions/{onboardingSessionId}',
  tag,
  summary: 'Read an onboarding session',
  description: 'For 23 hours from its creation; the account is then read with the accounts of the customer.',
  params,
  answers: { 200: onboardingSession },
  problems: ['not-found'],
});

export const createClientToken = operation({
  id: 'createClientToken',
  method: 'POST',
  scope: 'sessions',
  path: '/v1/onboarding-sessions/{onboardingSessionId}/client-tokens',
  tag,
  summary: 'Issue another client token',
  description: 'For a page that was reloaded. A session that is over gets none.',
  params,
  answers: { 201: onboardingSessionWithToken },
  problems: ['not-found', 'conflict'],
});

export const cancelSession = operation({
  id: 'cancelOnboardingSession',
  method: 'POST',
  scope: 'sessions',
  path: '/v1/onboarding-sessions/{onboardingSessionId}/cancel',
  tag,
  summary: 'Cancel an onboarding session',
  description: 'A session that is over stays as it is. `conflict` while the account is being registered.',
  params,
  answers: { 200: onboardingSession },
  problems: ['not-found', 'conflict'],
});
