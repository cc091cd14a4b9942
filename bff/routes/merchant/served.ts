import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { accountCalls } from './accounts.ts';
import { hectoCalls } from './hecto.ts';
import { inquiryCalls } from './inquiries.ts';
import { moneyCalls, type MoneyRouteDeps } from './money.ts';
import { onboardingSessionCalls } from './onboarding-sessions.ts';
import { recurringPaymentCalls } from './recurring-payments.ts';
import { reconciliationCalls } from './reconciliation.ts';
import { reviewCalls } from './reviews.ts';
import type { Served } from './serve.ts';
import { verificationCalls } from './verifications.ts';
import { webhookCalls } from './webhooks.ts';

/** Every call of the merchant API. Routes and documents come from this one list, so they cannot differ. */
export const servedCalls = (deps: MerchantDeps & MoneyRouteDeps): Served[] => [
  ...onboardingSessionCalls(deps),
  ...accountCalls(deps),
  ...verificationCalls(deps),
  ...moneyCalls(deps),
  ...recurringPaymentCalls(deps),
  ...inquiryCalls(deps),
  ...reviewCalls(deps),
  ...reconciliationCalls(deps),
  ...webhookCalls(deps),
  ...hectoCalls(deps),
];
