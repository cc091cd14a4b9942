import { checkAccountHolder } from '../../../shared/api/merchant/account-holder-checks.ts';
import { createArsCall, readArsCall } from '../../../shared/api/merchant/ars-calls.ts';
import {
  confirmOwnershipCheck,
  createOwnershipCheck,
  readOwnershipCheck,
} from '../../../shared/api/merchant/ownership-checks.ts';
import {
  confirmPhoneVerification,
  createPhoneVerification,
} from '../../../shared/api/merchant/phone-verifications.ts';
import { createArsCalls } from '../../services/merchant/ars-calls.ts';
import { createCheckAccountHolder } from '../../services/merchant/check-account-holder.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { createOwnershipChecks } from '../../services/merchant/ownership-checks.ts';
import { createPhoneVerifications } from '../../services/merchant/phone-verifications.ts';
import { serve, serveOnce, type Served } from './serve.ts';

/** Who a customer is, whose an account is, and what the customer approves. */
export function verificationCalls(deps: MerchantDeps): Served[] {
  const checkHolder = createCheckAccountHolder(deps);
  const phones = createPhoneVerifications(deps);
  const ownership = createOwnershipChecks(deps);
  const calls = createArsCalls(deps);
  return [
    serve(checkAccountHolder, async ({ body }) => ({ status: 200, body: await checkHolder(body) })),

    serveOnce(createPhoneVerification, async ({ body }) => ({ status: 201, body: await phones.start(body) })),
    serveOnce(confirmPhoneVerification, async ({ params, body }) => ({
      status: 200,
      body: await phones.confirm(params.phoneVerificationId, body.code, body.customerIp),
    })),

    serveOnce(createOwnershipCheck, async ({ body }) => ({ status: 201, body: await ownership.start(body) })),
    serveOnce(confirmOwnershipCheck, async ({ params, body }) => ({
      status: 200,
      body: await ownership.confirm(params.ownershipCheckId, body.code, body.customerIp),
    })),
    serve(readOwnershipCheck, async ({ params }) => ({
      status: 200,
      body: await ownership.read(params.ownershipCheckId),
    })),

    serveOnce(createArsCall, async ({ body }) => ({ status: 201, body: await calls.place(body) })),
    serve(readArsCall, async ({ params }) => ({ status: 200, body: await calls.read(params.arsCallId) })),
  ];
}
