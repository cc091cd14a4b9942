import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Gone } from '../store/session-changes.ts';

/**
 * Lets a request wait for what `find` brings and `answer` sends; `refuse` answers what they throw. Thousands wait at a
 * time (L2), so that what Express and the routes needed on the way here goes, and of the headers remains what differs
 * from answer to answer.
 */
export function answerLater<T>(
  req: Request,
  res: Response,
  {
    find,
    answer,
    refuse,
  }: {
    readonly find: (gone: Gone) => Promise<T>;
    readonly answer: (res: Response, found: T) => void | Promise<void>;
    readonly refuse: ErrorRequestHandler;
  },
): void {
  const gone: Gone = { happened: false };
  res.on('close', () => {
    gone.happened = true;
    gone.tell?.();
  });
  const takeHeadersBack = layHeadersAside(res);
  forgetTheWay(req, res);

  async function finish(found: T): Promise<void> {
    if (gone.happened) return;
    takeHeadersBack();
    await answer(res, found);
  }
  function refuseIfThere(error: unknown): void {
    if (gone.happened) return;
    if (!res.hasHeader('X-Request-Id')) takeHeadersBack();
    refuse(error, req, res, () => undefined);
  }
  find(gone).then(finish).catch(refuseIfThere);
}

type Headers = ReadonlyMap<string, number | string | readonly string[]>;

/** Names and values that many responses have in common, by their text. */
const common = new Map<string, Headers>();
/** There are as many as there are origins; should somebody make them many, they are not kept. */
const mostCommon = 100;

/** Where Node has a response's headers. Emptied, it stays as large as it was (0.8 KB); in another Node it may be nowhere. */
const tableOfHeaders = Object.getOwnPropertySymbols(
  new ServerResponse(new IncomingMessage(new Socket())),
).find(({ description }) => description === 'kOutHeaders');

function layHeadersAside(res: Response): () => void {
  const id = String(res.getHeader('X-Request-Id'));
  res.removeHeader('X-Request-Id');
  const headers = Object.entries(res.getHeaders() as Record<string, number | string | string[]>);
  for (const [name] of headers) res.removeHeader(name);
  if (tableOfHeaders) Object.assign(res, { [tableOfHeaders]: null });
  const text = JSON.stringify(headers);
  const kept = common.get(text) ?? new Map(headers);
  if (common.size < mostCommon) common.set(text, kept);
  return () => res.setHeaders(new Map(kept)).setHeader('X-Request-Id', id);
}

/** What stays is for the line in the log. */
function forgetTheWay(req: Request, res: Response): void {
  const { requestId, session } = res.locals as { requestId: string; session: { id: string } };
  res.locals = { requestId, session: { id: session.id } };
  // Each holds the whole chain of handlers and of the routers between them.
  Object.assign(req, { next: undefined, _parsedUrl: undefined, params: undefined });
}
