import type { Request } from 'express';

/** The token of `Authorization: Bearer ...`; undefined when there is none or it is not in that form. */
export function bearerOf(req: Request): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{1,200})$/i.exec(req.headers.authorization ?? '')?.[1];
}
