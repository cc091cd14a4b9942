/** The shop's customers: whoever comes gets an account and a phone number to play with, known by a cookie. */
import { randomInt, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

export type Visitor = { readonly id: string; readonly phone: string; sessionId?: string };

const cookieName = 'shop_visitor';

export function createVisitors(): (req: Request, res: Response) => Visitor {
  const visitors = new Map<string, Visitor>();
  return (req, res) => {
    const known = visitors.get(readCookie(req) ?? '');
    if (known) return known;
    const visitor: Visitor = { id: `shop-${randomUUID()}`, phone: randomDemoPhone() };
    visitors.set(visitor.id, visitor);
    res.cookie(cookieName, visitor.id, { httpOnly: true, sameSite: 'lax', path: '/' });
    return visitor;
  };
}

function readCookie(req: Request): string | undefined {
  return new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(req.get('cookie') ?? '')?.[1];
}

/** Below 8000 at the end: numbers that end in 86NN are magic at the testbed. */
function randomDemoPhone(): string {
  return `010${randomInt(2000, 10_000)}${randomInt(1000, 8000)}`;
}
