import { invalidRequest } from '../../http/validate.ts';

/** A page of a list that Hecto answers as a whole. It only grows at its end, so a place in it stays the same. */
export function pageOfList<T>(
  list: readonly T[],
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): { data: T[]; nextCursor?: string } {
  const from = cursor === undefined ? 0 : placeOf(cursor);
  const until = from + limit;
  const data = list.slice(from, until);
  return until < list.length ? { data, nextCursor: cursorOf(until) } : { data };
}

const cursorOf = (place: number) => Buffer.from(`at ${place}`).toString('base64url');

function placeOf(cursor: string): number {
  const [, place] = /^at (\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (place === undefined) {
    throw invalidRequest([{ field: 'cursor', message: 'as `nextCursor` of the page before' }]);
  }
  return Number(place);
}
