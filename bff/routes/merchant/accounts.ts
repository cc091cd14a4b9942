import { cancelAccount, listAccounts } from '../../../shared/api/merchant/accounts.ts';
import { verifyPaymentPassword } from '../../../shared/api/merchant/payment-password.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import { createAccounts } from '../../services/merchant/accounts.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { createVerifyPaymentPassword } from '../../services/merchant/verify-payment-password.ts';
import { serve, serveOnce, type Served } from './serve.ts';

/** A customer's accounts and payment password. */
export function accountCalls(deps: MerchantDeps): Served[] {
  const accounts = createAccounts(deps);
  const verify = createVerifyPaymentPassword(deps);
  return [
    serve(listAccounts, async ({ params, query }) => ({
      status: 200,
      body: { data: await accounts.list(params.customerId, query.bankCode) },
    })),
    serve(cancelAccount, async ({ params, query }) => ({
      status: 200,
      body: await accounts.cancel(params.customerId, params.accountKey, query.bankCode),
    })),
    serveOnce(verifyPaymentPassword, async ({ params, body }) => {
      const { customerId } = params;
      await verify(customerId, body.password, body.customerIp);
      if (!body.payment) return { status: 200, body: { verified: true } };
      const approved = { customerId, ...body.payment };
      const { token, expiresAt } = await deps.store.paymentAuthorizations.issue(approved, deps.clock());
      return {
        status: 200,
        body: { verified: true, paymentAuthorization: { token, expiresAt: kstIso(expiresAt) } },
      };
    }),
  ];
}
