import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { Log } from '../log/log.ts';
import type { Store } from '../store/store.ts';
import { Problem, requestIdOf } from './problem.ts';

type Deps = {
  readonly store: Pick<Store, 'attempts'>;
  readonly log: Log;
  readonly clock: () => Date;
  /** SHA-256 of the password of this moment. */
  readonly passwordHash: () => Buffer;
};

const scope = 'operator-passwords-per-address';
/** Wrong passwords from one address, until the window ends. */
const mostTries = 10;
const windowMs = 10 * 60_000;
/** Each wrong password waits twice as long for its answer as the one before. */
const firstPauseMs = 250;
const longestPauseMs = 4_000;

const tokenMs = 12 * 3_600_000;

/**
 * Lets operators in by HTTP Basic: any name, and the one password, which is compared in constant time. Tries are counted for
 * all instances before they are looked at, so that many at once gain nothing. Throws `too-many-requests`.
 */
export function operatorPassword({ store, log, clock, passwordHash }: Deps): RequestHandler {
  return async (req, res, next) => {
    const given = credentialsOf(req);
    if (!given) {
      askForPassword(res);
      return;
    }
    const now = clock();
    const limit = {
      ...{ scope, key: req.ip ?? 'none', max: mostTries },
      endsAt: new Date(now.getTime() + windowMs),
    };
    const taken = await store.attempts.take(limit, now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached', requestId: requestIdOf(res) });
      const waitMs = taken.opensAt.getTime() - now.getTime();
      throw new Problem('too-many-requests', { retryAfter: Math.max(1, Math.ceil(waitMs / 1_000)) });
    }
    if (timingSafeEqual(sha256(given.password), passwordHash())) {
      await store.attempts.giveBack(limit);
      res.locals['operator'] = given.name;
      next();
      return;
    }
    log.event('security', { what: 'operator-password-wrong', requestId: requestIdOf(res) });
    const wrong = mostTries - taken.left;
    await sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** (wrong - 1)));
    askForPassword(res);
  };
}

function askForPassword(res: Parameters<RequestHandler>[1]): void {
  res.locals['problem'] = 'unauthorized';
  res
    .status(401)
    .set('WWW-Authenticate', 'Basic realm="Operators", charset="UTF-8"')
    .set('Content-Type', 'text/html; charset=utf-8')
    .end(refusalHtml);
}

const refusalHtml = `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>운영자 화면</title>
<link rel="icon" href="data:,">
<body>
<main>
<h1>비밀번호가 필요해요</h1>
<p>이름은 아무거나, 비밀번호는 OPS_PASSWORD를 넣으세요. 새로고침하면 다시 물어봐요.</p>
<p lang="en">Give any name, and OPS_PASSWORD as the password. Reload to be asked again.</p>
</main>
</html>
`;

/**
 * A browser sends the password along whoever made it ask. So what changes something has to come from our own page, as the
 * browser says and as the page's token proves (S20, S23).
 */
export function fromOperatorPage({ log, clock, passwordHash }: Omit<Deps, 'store'>): RequestHandler {
  return (req, res, next) => {
    if (!isFromHere(req) || !isGoodToken(req.get('x-ops-token') ?? '', passwordHash(), clock())) {
      log.event('security', { what: 'operator-action-refused', requestId: requestIdOf(res) });
      throw new Problem('origin-not-allowed', { detail: 'Reload the page and try again.' });
    }
    next();
  };
}

/** Where a browser does not say whose page asks, the origin has to be the address that was asked. */
function isFromHere(req: Request): boolean {
  const site = req.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.get('origin') ?? '';
  return URL.canParse(origin) && new URL(origin).host === req.get('host');
}

/** Good for half a day, on every instance that has the same password. */
export const newOperatorToken = (passwordHash: Buffer, now: Date): string =>
  `${now.getTime()}.${signatureOf(String(now.getTime()), passwordHash).toString('base64url')}`;

function isGoodToken(token: string, passwordHash: Buffer, now: Date): boolean {
  const [, at = '', signature = ''] = /^(\d{13})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  const ageMs = now.getTime() - Number(at);
  const given = Buffer.from(signature, 'base64url');
  return (
    at !== '' &&
    timingSafeEqual(given, signatureOf(at, passwordHash)) &&
    // Clocks of two instances are never quite the same.
    ageMs > -60_000 &&
    ageMs < tokenMs
  );
}

const signatureOf = (at: string, passwordHash: Buffer) =>
  createHmac('sha256', passwordHash).update(`operator-page ${at}`).digest();

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/** The name is what the operator says; what is no name is none. */
function credentialsOf(req: Request): { name: string; password: string } | undefined {
  const [, base64] = /^Basic ([A-Za-z0-9+/]{1,400}={0,2})$/i.exec(req.get('authorization') ?? '') ?? [];
  if (base64 === undefined) return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const name = text.slice(0, colon);
  return { name: /^[\p{L}\p{N}._@-]{1,40}$/u.test(name) ? name : '-', password: text.slice(colon + 1) };
}
