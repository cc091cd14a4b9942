import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { openApiOf } from '../../shared/api/merchant/openapi.ts';
import type { Operation } from '../../shared/api/merchant/operation.ts';
import { publishedEvents } from '../../shared/api/merchant/published-events.ts';
import type { Config } from '../config.ts';
import { onlyMethods } from '../http/methods.ts';
import { Problem, sendJson } from '../http/problem.ts';
import { docsHeaders } from '../http/security-headers.ts';

/**
 * `/openapi.json`, and `/docs` to read it. Nobody needs a key for them: they hold nothing of a merchant. The reader
 * is a development dependency; where it is not installed `/docs` is 404 and the document remains.
 */
export function createDocsRouter(
  config: Pick<Config, 'apiDocs' | 'publicUrl' | 'hectoEnv'>,
  version: string,
  operations: readonly Operation[],
): Router {
  const router = Router();
  if (!config.apiDocs) return router;
  let document: object | undefined;
  router
    .route('/openapi.json')
    .get((_req, res) => {
      document ??= openApiOf(operations, { version, serverUrl: config.publicUrl, webhooks: publishedEvents });
      sendJson(res, 200, document);
    })
    .all(onlyMethods('GET'));

  const reader = readerFile();
  if (reader === undefined) return router;
  router
    .route('/docs')
    .get(docsHeaders(), (_req, res) => {
      res.set('Content-Type', 'text/html; charset=utf-8').end(page);
    })
    .all(onlyMethods('GET'));
  router
    .route('/docs/:file')
    .get(async (req, res) => {
      res.set('Content-Type', 'text/javascript; charset=utf-8').set('Cache-Control', 'no-cache');
      if (req.params.file === 'start.js') res.end(startOf(config));
      else if (req.params.file === 'reader.js') await pipeline(createReadStream(reader), res);
      else {
        res.removeHeader('Content-Type');
        throw new Problem('not-found');
      }
    })
    .all(onlyMethods('GET'));
  return router;
}

function readerFile(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@scalar/api-reference/browser/standalone.js');
  } catch {
    return undefined;
  }
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Merchant API</title>
<link rel="icon" href="data:,">
<main id="reference"></main>
<script src="/docs/reader.js"></script>
<script src="/docs/start.js"></script>
</html>
`;

/** Nothing of this may ask anybody but us: no fonts, no proxy, no telemetry, no buttons that lead to the maker's. */
const settings = {
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: '',
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
  theme: 'default',
};

/** Keys of production are for servers: nobody is asked to put one into a page. */
const startOf = ({ hectoEnv }: Pick<Config, 'hectoEnv'>): string => {
  const all = { ...settings, hideTestRequestButton: hectoEnv === 'production' };
  return `Scalar.createApiReference('#reference', ${JSON.stringify(all)});\n`;
};
