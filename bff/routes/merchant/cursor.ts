import { invalidRequest } from '../../http/validate.ts';

/** The answer 200 with this body. */
export const ok = <B>(body: B) => ({ status: 200, body }) as const;

/** Where a list goes on, as an opaque text: lists are ordered by a number that only grows. */
export const cursorOf = (seq: number): string => Buffer.from(`seq:${seq}`).toString('base64url');

/** The number behind a cursor; throws `invalid-request` for one that we did not make. */
export function seqOf(cursor: string): number {
  const [, digits] = /^seq:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (digits === undefined)
    throw invalidRequest([{ field: 'cursor', message: 'as `nextCursor` of the page before' }]);
  return Number(digits);
}
