import type { Request, RequestHandler } from 'express';
import { Problem } from './problem.ts';
import { parseStrictJson } from './strict-json.ts';

const limit = 16 * 1024;

/**
 * Puts the JSON body of a POST into `req.body`. 415 for any other type, so that a web page cannot write without
 * a preflight (S21); 413 above 16 KB; 400 for what `parseStrictJson` refuses.
 * With `emptyIsFine`, no body at all counts as `{}`.
 */
export function readJson({ emptyIsFine }: { emptyIsFine: boolean }): RequestHandler {
  return async (req, _res, next) => {
    if (req.method !== 'POST') {
      next();
      return;
    }
    const hasBody =
      req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
    if (!hasBody && emptyIsFine && req.headers['content-type'] === undefined) {
      req.body = {};
      next();
      return;
    }
    if (!/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(req.headers['content-type'] ?? '')) {
      throw new Problem('unsupported-media-type');
    }
    const bytes = await readBody(req);
    req.body = bytes.length === 0 && emptyIsFine ? {} : parseStrictJson(bytes);
    next();
  };
}

/** The JSON of a body, whatever its type says. Throws the Problems of `readJson`. */
export const readStrictBody = async (req: Request): Promise<unknown> => parseStrictJson(await readBody(req));

async function readBody(req: Request): Promise<Buffer> {
  if ((req.headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Problem('unsupported-media-type', { detail: 'The body must not be compressed.' });
  const tooLarge = () => new Problem('body-too-large', { detail: `The body may be ${limit} bytes long.` });
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
