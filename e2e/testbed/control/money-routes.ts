import { z } from 'zod';
import { setBalance } from '../state/accounts.ts';
import { limitNames, type LimitName } from '../state/limits.ts';
import { orderCalls } from '../state/processing.ts';
import { accountView, ledgerView } from './ledger-view.ts';
import { get, parse, post, type Route } from './route.ts';

const bankCode = z.string().regex(/^\d{3}$/, 'must be three digits');
const accountNumber = z.string().regex(/^\d{9,15}$/, 'must be 9 to 15 digits');
const won = z.number().int().nonnegative().max(1e15);
const seconds = z.number().min(0).max(1e8);
const instant = z.iso
  .datetime({ offset: true, message: 'must be an ISO 8601 instant' })
  .transform((text) => new Date(text));
const code = z.string().regex(/^(ST\d\d|SE\d\d|VTIM)$/, 'must be a result code');

const most = z.number().int().nonnegative().nullable().optional();
const limitsBody = z.strictObject({
  bankCode: bankCode.optional(),
  accountNumber: accountNumber.optional(),
  ...(Object.fromEntries(limitNames.map((name) => [name, most])) as Record<LimitName, typeof most>),
});

/** The control calls about banks, accounts and orders. */
export const moneyRoutes: readonly Route[] = [
  get('/ledger', ({ api, query }) =>
    ledgerView(api.state, {
      customerId: query.get('customerId') ?? undefined,
      orderNumber: query.get('orderNumber') ?? undefined,
    }),
  ),
  get('/accounts/:bankCode/:accountNumber', ({ api, params }) =>
    accountView(
      api.state.accounts.at(
        parse(bankCode, params['bankCode'], 'bankCode'),
        parse(accountNumber, params['accountNumber'], 'accountNumber'),
      ),
    ),
  ),
  post(
    '/accounts',
    z.strictObject({
      bankCode,
      accountNumber,
      holder: z.string().min(1).max(60).optional(),
      birth: z
        .string()
        .regex(/^\d{6}$/, 'must be yyMMdd')
        .optional(),
      balance: won.optional(),
    }),
    (body, { api: { state } }) => {
      const account = state.accounts.at(body.bankCode, body.accountNumber);
      if (body.holder !== undefined) account.holder = body.holder;
      if (body.birth !== undefined) account.birth = body.birth;
      if (body.balance !== undefined) setBalance(account, body.balance, state.now());
      return accountView(account);
    },
  ),
  post('/remittance-balance', z.strictObject({ balance: won }), ({ balance }, { api: { state } }) => {
    setBalance(state.ledger.remittances, balance, state.now());
    return { balance };
  }),

  post(
    '/processing',
    z.strictObject({
      endpoint: z.enum([...orderCalls, '*']).default('*'),
      orderNumber: z.string().min(1).max(100).optional(),
      times: z.number().int().min(1).max(1_000_000).default(1),
      seconds,
      outcome: z.union([code, z.literal('succeeds')]).optional(),
      answer: z.union([code, z.enum(['0000', 'lost'])]).optional(),
    }),
    ({ outcome, ...delay }, { api: { state } }) => {
      state.processing.plan({ ...delay, ...(outcome === 'succeeds' ? {} : { outcome }) });
      return state.processing.all();
    },
  ),
  get('/processing', ({ api }) => api.state.processing.all()),

  post(
    '/limits',
    limitsBody.refine((body) => (body.bankCode === undefined) === (body.accountNumber === undefined), {
      message: 'bankCode and accountNumber go together',
    }),
    ({ bankCode: bank, accountNumber: number, ...values }, { api: { state } }) => {
      const account =
        bank !== undefined && number !== undefined ? { bankCode: bank, accountNumber: number } : undefined;
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
      state.limits.set(given, account);
      return state.limits.of(account);
    },
  ),
  get('/limits', ({ api }) => api.state.limits.of()),

  post(
    '/maintenance',
    z.union(
      [
        z.strictObject({ bankCode, on: z.boolean(), afterSeconds: seconds.default(0) }),
        z
          .strictObject({ bankCode, from: instant, to: instant })
          .refine(({ from, to }) => from < to, { message: 'to must be after from' }),
      ],
      'must be {"bankCode", "on", "afterSeconds"?} or {"bankCode", "from", "to"}, two ISO 8601 instants in order',
    ),
    (body, { api: { state } }) => {
      if ('from' in body) {
        state.maintenance.close(body.bankCode, body.from, body.to);
        return { bankCode: body.bankCode, from: body.from.toISOString(), to: body.to.toISOString() };
      }
      const at = new Date(state.now().getTime() + body.afterSeconds * 1000);
      if (body.on) state.maintenance.close(body.bankCode, at);
      else state.maintenance.open(body.bankCode, at);
      return body;
    },
  ),
];
