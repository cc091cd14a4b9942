import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../log/log.ts';
import { bearerOf } from './bearer.ts';
import { Problem, requestIdOf } from './problem.ts';

const hash = (key: string) => createHash('sha256').update(key).digest();

/** Lets the merchant's server in. Every key is compared, in constant time, so that timing tells nothing (S05). */
export function merchantKey(keys: readonly string[], log: Log): RequestHandler {
  const hashes = keys.map(hash);
  return (req, res, next) => {
    const given = hash(bearerOf(req) ?? '');
    const matches = hashes.filter((known) => timingSafeEqual(known, given)).length;
    if (matches > 0) {
      next();
      return;
    }
    log.event('security', { what: 'merchant-key-refused', requestId: requestIdOf(res) });
    throw new Problem('unauthorized');
  };
}
