import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const folder = join(import.meta.dirname, 'peers');
const types: Readonly<Record<string, string>> = { js: 'text/javascript', css: 'text/css', html: 'text/html' };

export type Peer = 'adyen' | 'lit';
export type Pages = { readonly url: string; close(): Promise<void> };

/**
 * Serves a page for each peer, built and compressed as well as we do it, and a page of ours by its surface at
 * `/ours/:surface`, made by `ours`. Nothing is made while the browser waits.
 */
export async function servePages(ours: (surface: string) => string, port: number): Promise<Pages> {
  const files = new Map<string, Buffer>();
  for (const peer of ['adyen', 'lit'] as const)
    for (const [path, text] of await filesOf(peer)) files.set(path, brotliCompressSync(text));
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname;
    const file = path.startsWith('/ours/')
      ? brotliCompressSync(page(ours(path.slice('/ours/'.length))))
      : files.get(path);
    if (!file) return response.writeHead(404).end();
    response
      .writeHead(200, {
        'content-type': `${types[path.split('.').at(1) ?? 'html'] ?? 'text/html'}; charset=utf-8`,
        'content-encoding': 'br',
        'content-length': file.length,
      })
      .end(file);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** How many bytes of a peer travel. */
export async function weightOf(peer: Peer): Promise<number> {
  const files = (await filesOf(peer)).filter(([path]) => path !== `/${peer}`);
  return files.reduce((sum, [, text]) => sum + brotliCompressSync(text).length, 0);
}

async function filesOf(peer: Peer): Promise<[path: string, text: string][]> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(folder, `${peer}.js`), formats: ['es'], fileName: peer, cssFileName: peer },
    },
  })) as Rolldown.RolldownOutput[];
  const files = built
    .flatMap(({ output }) => output)
    .map((file): [string, string] => [
      `/${file.fileName}`,
      file.type === 'chunk' ? file.code : Buffer.from(file.source).toString('utf8'),
    ]);
  const head = files.map(([path]) =>
    path.endsWith('.css')
      ? `<link rel="stylesheet" href="${path}">`
      : `<script type="module" src="${path}"></script>`,
  );
  return [...files, [`/${peer}`, page(`${head.join('\n')}\n<div id="place"></div>`)]];
}

const page = (content: string): string => `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bench</title>
${content}
</html>
`;
