/**
 * All that a merchant's server needs so that a customer can register a bank account. The secret key stays here; the page
 * gets client tokens; the result is read from the BFF, never from the page.
 */
import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import type { Bff } from './bff.ts';

type Customer = { readonly id: string; readonly phone: string; sessionId?: string };
type Deps = { readonly bff: Bff; readonly customerOf: (req: Request, res: Response) => Customer };

type Session = {
  readonly id: string;
  readonly status: 'open' | 'completed' | 'failed' | 'cancelled' | 'expired';
  readonly account?: {
    readonly bankName: { readonly ko: string; readonly en: string };
    readonly maskedNumber: string;
  };
};
type NewToken = Session & { readonly clientToken: string; readonly hostedUrl: string };

export function bankAccountRoutes({ bff, customerOf }: Deps): Router {
  const router = Router();

  /** The customer pressed the button: a session at the BFF, a client token for the page. */
  router.post('/sessions', async (req, res) => {
    const customer = customerOf(req, res);
    const body = { customerId: customer.id, prefill: { phone: customer.phone }, ...wishesOf(req) };
    const session = await bff<NewToken>('POST', '/v1/onboarding-sessions', {
      body,
      idempotencyKey: randomUUID(),
    });
    customer.sessionId = session.id;
    res.status(201).json({ clientToken: session.clientToken, hostedUrl: session.hostedUrl });
  });

  /** The page was loaded again: the same session, a new client token. */
  router.post('/client-tokens', async (req, res) => {
    const { sessionId } = customerOf(req, res);
    if (!sessionId) return void res.status(404).end();
    const { clientToken } = await bff<NewToken>('POST', `/v1/onboarding-sessions/${sessionId}/client-tokens`);
    res.status(201).json({ clientToken });
  });

  /** What the page shows. The key of the account, with which to pay, comes by webhook. */
  router.get('/', async (req, res) => {
    const { sessionId } = customerOf(req, res);
    if (!sessionId) return void res.json({ status: 'none' });
    const { status, account } = await bff<Session>('GET', `/v1/onboarding-sessions/${sessionId}`);
    res.json({
      status,
      account: account && { bankName: account.bankName, maskedNumber: account.maskedNumber },
    });
  });

  return router;
}

/** How the page wants the widget. The origin must be one the BFF knows. */
function wishesOf(req: Request): object {
  const { surface = 'frame', locale = 'ko' } = req.query;
  const origin = `${req.protocol}://${req.get('host') ?? ''}`;
  return { surface, locale, origin, ...(surface === 'hosted' && { returnUrl: `${origin}/` }) };
}
