import { hash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { scopesOf, type Operation } from '../../shared/api/merchant/operation.ts';
import type { MerchantKey } from '../config.ts';
import type { Log } from '../log/log.ts';
import { bearerOf } from './bearer.ts';
import { Problem, requestIdOf } from './problem.ts';

/**
 * Lets the merchant's server in with one of the keys of this moment. Every key is compared, in constant time, so that
 * timing tells nothing (S05).
 */
export function merchantKey(keys: () => readonly MerchantKey[], log: Log): RequestHandler {
  return (req, res, next) => {
    const given = hash('sha256', bearerOf(req) ?? '', 'buffer');
    const [key] = keys().filter((known) => timingSafeEqual(known.hash, given));
    if (key) {
      res.locals['merchantKey'] = key;
      next();
      return;
    }
    log.event('security', { what: 'merchant-key-refused', requestId: requestIdOf(res) });
    throw new Problem('unauthorized');
  };
}

/** Whether the key that `merchantKey` found may make the call (S05). */
export function mayMake(operation: Operation, res: Response): boolean {
  const { scopes } = res.locals['merchantKey'] as MerchantKey;
  return !scopes || scopesOf(operation).some((scope) => scopes.includes(scope));
}
