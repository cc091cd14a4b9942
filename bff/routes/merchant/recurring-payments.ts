import {
  endRecurringPayment,
  listRecurringTransactions,
  readRecurringPayment,
} from '../../../shared/api/merchant/recurring-payments.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { createRecurringPayments } from '../../services/merchant/recurring-payments.ts';
import { serve, type Served } from './serve.ts';

/** What a recurring payment is, what was paid with it, and its end. */
export function recurringPaymentCalls(deps: MerchantDeps): Served[] {
  const recurring = createRecurringPayments(deps);
  return [
    serve(readRecurringPayment, async ({ params, query }) => ({
      status: 200,
      body: await recurring.read(params.recurringPaymentKey, query.customerId),
    })),
    serve(listRecurringTransactions, async ({ params, query: { customerId, ...period } }) => ({
      status: 200,
      body: await recurring.transactions(params.recurringPaymentKey, customerId, period),
    })),
    serve(endRecurringPayment, async ({ params, query }) => ({
      status: 200,
      body: await recurring.end(params.recurringPaymentKey, query.customerId),
    })),
  ];
}
