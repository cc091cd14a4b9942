/**
 * The sample to copy: all that a merchant's server needs so that a customer can register a bank account.
 * The secret key stays here; the page gets client tokens; the result is read from the BFF, never from the page.
 */
import { randomUUID } from 'node:crypto';
import { Router, type Request, type Response } from 'express';
import type {
  OnboardingSession,
  OnboardingSessionWithToken,
} from '../../shared/api/merchant/onboarding-sessions.ts';

type Customer = { readonly id: string; readonly phone: string; sessionId?: string };
type Deps = { bffUrl: string; secretKey: string; customerOf: (req: Request, res: Response) => Customer };

export function bankAccountRoutes({ bffUrl, secretKey, customerOf }: Deps): Router {
  async function bff<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    // The idempotency key is for retries: send the same key again and nothing happens twice.
    const headers = {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const response = await fetch(new URL(path, bffUrl), {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok) throw new Error(`The BFF answered ${response.status} to ${method} ${path}`);
    return (await response.json()) as Answer;
  }

  const router = Router();

  /** The customer pressed the button: a session at the BFF, a client token for the page. */
  router.post('/sessions', async (req, res) => {
    const customer = customerOf(req, res);
    const session = await bff<OnboardingSessionWithToken>('POST', '/v1/onboarding-sessions', {
      customerId: customer.id,
      prefill: { phone: customer.phone },
      ...wishesOf(req),
    });
    customer.sessionId = session.id;
    res.status(201).json({ clientToken: session.clientToken, hostedUrl: session.hostedUrl });
  });

  /** The page was loaded again: the same session, a new client token. */
  router.post('/client-tokens', async (req, res) => {
    const { sessionId } = customerOf(req, res);
    if (!sessionId) return void res.status(404).end();
    const path = `/v1/onboarding-sessions/${sessionId}/client-tokens`;
    const { clientToken } = await bff<OnboardingSessionWithToken>('POST', path, {});
    res.status(201).json({ clientToken });
  });

  /** What the page shows. A real shop would keep `account.accountKey` with the customer: it pays with it. */
  router.get('/', async (req, res) => {
    const { sessionId } = customerOf(req, res);
    if (!sessionId) return void res.json({ status: 'none' });
    const { status, account } = await bff<OnboardingSession>('GET', `/v1/onboarding-sessions/${sessionId}`);
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
