import { listBanks, listCancelledAccounts, readBankMaintenance } from '../../../shared/api/merchant/banks.ts';
import { listTransactions, readRemittanceBalance } from '../../../shared/api/merchant/transactions.ts';
import { createBanks } from '../../services/merchant/banks.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { createTransactions } from '../../services/merchant/transactions.ts';
import { serve, type Served } from './serve.ts';

/** Questions to Hecto and the banks that are about no resource of ours. */
export function inquiryCalls(deps: MerchantDeps): Served[] {
  const banks = createBanks(deps);
  const transactions = createTransactions(deps);
  return [
    serve(listTransactions, async ({ query: { type, orderNumber, date } }) => ({
      status: 200,
      body: {
        data:
          type === 'remittance'
            ? await transactions.ofRemittance(orderNumber, date)
            : await transactions.ofHistory(type, orderNumber, date),
      },
    })),
    serve(readRemittanceBalance, async () => ({
      status: 200,
      body: { balance: await transactions.remittanceBalance() },
    })),
    serve(listBanks, async () => ({ status: 200, body: { data: await banks.list() } })),
    serve(readBankMaintenance, async ({ params, query }) => ({
      status: 200,
      body: await banks.maintenance(params.bankCode, query.task),
    })),
    serve(listCancelledAccounts, async ({ query: { date, ...page } }) => ({
      status: 200,
      body: await banks.cancelledAccounts(date, page),
    })),
  ];
}
