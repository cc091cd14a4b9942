import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { accountCalls } from './accounts.ts';
import { hectoCalls } from './hecto.ts';
import { inquiryCalls } from './inquiries.ts';
import { onboardingSessionCalls } from './onboarding-sessions.ts';
import { recurringPaymentCalls } from './recurring-payments.ts';
import type { Served } from './serve.ts';
import { verificationCalls } from './verifications.ts';

/** Every call of the merchant API. Routes and documents come from this one list, so they cannot differ. */
export const servedCalls = (deps: MerchantDeps): Served[] => [
  ...onboardingSessionCalls(deps),
  ...accountCalls(deps),
  ...verificationCalls(deps),
  ...recurringPaymentCalls(deps),
  ...inquiryCalls(deps),
  ...hectoCalls(deps),
];
