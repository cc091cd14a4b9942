import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { projectFolder, widgetFolder } from '../../project-files.ts';

type WidgetFile = {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
};

/** The built widget, read once and held in memory: what is not in the list cannot be asked for. */
export type WidgetFiles = {
  /** Our full version, e.g. `1.4.2`; the files are also found under `1.4` and `1`. */
  readonly version: string;
  readonly count: number;
  /** The script with all screens, so that a page can ask for it early; unknown in a folder without manifest. */
  readonly app: string | undefined;
  find(version: string, path: string): WidgetFile | undefined;
  send(req: Request, res: Response, file: WidgetFile): void;
};

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function readWidgetFiles(folder = widgetFolder): WidgetFiles {
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const [major, minor] = version.split('.');
  const versions = [version, `${major}.${minor}`, `${major}`];
  const files = new Map(
    filesIn(folder).map((path) => [relative(folder, path).split(sep).join('/'), read(path)]),
  );

  return {
    version,
    count: files.size,
    app: appIn(files.get('manifest.json')),
    find: (asked, path) => (versions.includes(asked) ? files.get(path) : undefined),
    send(req, res, { type, etag, plain, brotli }) {
      res.set('Content-Type', type);
      res.set('ETag', etag);
      res.vary('Accept-Encoding');
      if (req.headers['if-none-match'] === etag) return void res.status(304).end();
      if (!req.acceptsEncodings('br')) return void res.end(plain);
      res.set('Content-Encoding', 'br');
      res.end(brotli);
    },
  };
}

function appIn(manifest: WidgetFile | undefined): string | undefined {
  if (!manifest) return undefined;
  const { app } = JSON.parse(manifest.plain.toString()) as { app?: unknown };
  return typeof app === 'string' ? app : undefined;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => join(entry.parentPath, entry.name));
}

function read(path: string): WidgetFile {
  const plain = readFileSync(path);
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { type: types[extname(path)]!, etag, plain, brotli: brotliCompressSync(plain) };
}
