import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { Config } from '../../config.ts';
import { onlyMethods } from '../../http/methods.ts';
import { Problem } from '../../http/problem.ts';
import { fileHeaders, pageHeaders } from '../../http/security-headers.ts';
import { sendCompressed, sendWidgetFile } from './widget-files.ts';
import type { WidgetReleases } from './widget-releases.ts';

/** What browsers load from us: the widget's files, the page in the frame, and the hosted page. */
export function createPagesRouter(config: Config, releases: WidgetReleases): Router {
  const router = Router();
  const frame = pageWith(releases.pages.frame, config.merchantName);
  const hosted = pageWith(releases.pages.hosted, config.merchantName);
  const framed = new Map(
    config.allowedOrigins.map((origin) => [origin, pageHeaders({ framedBy: origin, inline: frame.hashes })]),
  );
  const unframed = pageHeaders();
  const hostedHeaders = pageHeaders({ inline: hosted.hashes });

  router
    .route('/widget/1/frame')
    .get((req, res, next) => {
      const { origin } = req.query;
      const headers = framed.get(typeof origin === 'string' ? origin : '');
      if (!headers) return unframed(req, res, () => sendHtml(res, 403, refusalHtml));
      frame.send(headers, req, res, next);
    })
    .all(onlyMethods('GET'));

  // For developers of apps, who open it in their own WebView. It knows nothing, so it may be there in production.
  router
    .route('/onboarding/self-test')
    .get((req, res) => {
      unframed(req, res, () => {
        res.set('X-Robots-Tag', 'noindex');
        sendHtml(res, 200, selfTestHtml(`/widget/${releases.version}/self-test.js`));
      });
    })
    .all(onlyMethods('GET'));

  router
    .route('/onboarding/:id')
    .get((req, res, next) => {
      const { id } = req.params;
      // Whether the session exists is not told here; the page asks with its token.
      if (!/^obs_[A-Za-z0-9_-]{24}$/.test(id)) throw new Problem('not-found');
      hosted.send(hostedHeaders, req, res, next);
    })
    .all(onlyMethods('GET'));

  router
    .route('/widget/:version/*path')
    .get(fileHeaders(), async (req, res) => {
      const { version, path } = req.params;
      const file = await releases.find(version, [path].flat().join('/'));
      if (!file) throw new Problem('not-found');
      res.set('Cache-Control', cachingOf(version));
      sendWidgetFile(req, res, file);
    })
    .all(onlyMethods('GET'));

  /** A full version never changes. On a developer's machine ours does, with every build. */
  function cachingOf(version: string): string {
    if (config.hectoEnv === 'local') return 'no-cache';
    return version.split('.').length === 3 ? 'public, max-age=31536000, immutable' : 'public, max-age=300';
  }

  return router;
}

const html = 'text/html; charset=utf-8';

function sendHtml(res: Response, status: number, text: string): void {
  res.status(status).set('Content-Type', html).end(text);
}

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * A page that holds its scripts in itself, which saves a slow network's round trip (W3), and the hashes by which a browser
 * may run them. It is the same for everybody, and compressed when first asked for.
 */
function pageWith(scripts: readonly string[], title: string) {
  // The last one is the app, a module: it runs when the page is whole.
  const elements = scripts.map(
    (script, at) => `<script${at > 0 ? ' type="module"' : ''}>${script}</script>\n`,
  );
  const plain = Buffer.from(`<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
${elements.join('')}</html>
`);
  let compressed: Promise<Buffer> | undefined;
  return {
    hashes: scripts.map((script) => createHash('sha256').update(script).digest('base64')),
    send(headers: RequestHandler, req: Request, res: Response, next: NextFunction): void {
      headers(req, res, (error?: unknown) => {
        if (error) {
          next(error);
          return;
        }
        compressed ??= promisify(brotliCompress)(plain);
        compressed.then((brotli) => sendCompressed(req, res, { type: html, plain, brotli }), next);
      });
    },
  };
}

/** What can be read here is true as long as no script has run. */
const selfTestHtml = (script: string) => `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>Self-test</title>
<link rel="icon" href="data:,">
<script type="module" src="${script}"></script>
<body>
<p>이 글이 계속 보이면 스크립트가 실행되지 않은 거예요. 웹뷰에서 JavaScript를 켜 주세요. Android 시스템 웹뷰 108 이상, iOS 16.4 이상이 필요해요.</p>
<p lang="en">If this text stays, the script has not run. Turn JavaScript on in the WebView. Android System WebView 108 or iOS 16.4 is needed.</p>
</html>
`;

const refusalHtml = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Not allowed</title>
<p>This page may not be shown here: the site that embeds it is not in ALLOWED_ORIGINS.</p>
</html>
`;
