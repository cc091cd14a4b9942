import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RequestError } from '../http.ts';

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  // The page's scripts are TypeScript; their types are taken off on the way out.
  ts: 'text/javascript; charset=utf-8',
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self' http://localhost:* http://127.0.0.1:*",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const ready = new Map<string, Promise<string>>();

/** Serves the virtual phone and its few files. Throws a `RequestError` for any other path. */
export async function answerPhone(
  path: string,
  { method }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (method !== 'GET') throw new RequestError(405, 'use GET');
  const [, name = 'phone.html'] = /^\/phone\/([a-z-]+\.(?:css|ts))$/.exec(path) ?? [];
  if (name === 'phone.html' && path !== '/phone') throw new RequestError(404, 'nothing here');
  let file = ready.get(name);
  if (!file) {
    file = load(name);
    ready.set(name, file);
  }
  const body = await file.catch(() => {
    ready.delete(name);
    throw new RequestError(404, 'nothing here');
  });
  response
    .writeHead(200, {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .end(body);
}

async function load(name: string): Promise<string> {
  const source = await readFile(new URL(`browser/${name}`, import.meta.url), 'utf8');
  if (!name.endsWith('.ts')) return source;
  const { default: typescript } = await import('typescript');
  const { ModuleKind, ScriptTarget } = typescript;
  return typescript.transpileModule(source, {
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, verbatimModuleSyntax: true },
  }).outputText;
}
