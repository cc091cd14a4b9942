import type { Request, Response } from 'express';
import { problemType, Problem, sendJson } from './problem.ts';

/** The `Idempotency-Key` header. Throws `idempotency-key-required` when it is missing or not in its form. */
export function idempotencyKeyOf(req: Request): string {
  const key = req.headers['idempotency-key'];
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem('idempotency-key-required', {
    detail: 'Send the header Idempotency-Key with 1 to 255 printable characters, new for each intent.',
  });
}

/** Answers with a first or a stored answer. */
export function sendAnswer(
  res: Response,
  { status, body, replayed }: { readonly status: number; readonly body: unknown; readonly replayed: boolean },
): void {
  if (replayed) res.set('Idempotent-Replayed', 'true');
  sendJson(res, status, body, status >= 400 ? problemType : 'application/json');
}
