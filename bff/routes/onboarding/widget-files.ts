import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { projectFolder, widgetFolder } from '../../project-files.ts';

export type WidgetFile = {
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly brotli: Buffer;
};

/** The built widget, read once and held in memory. */
export type BuiltWidget = {
  /** Our full version, e.g. `1.4.2`. */
  readonly version: string;
  /** By path, e.g. `chunks/a1.js`. Empty when the widget is not built. */
  readonly files: ReadonlyMap<string, WidgetFile>;
  /** What our own pages hold in themselves: a script of their own, then the app. Empty when the widget is not built. */
  readonly pages: Readonly<Record<PageName, readonly string[]>>;
};

export type PageName = 'frame' | 'hosted';

/** Of what is built what no browser asks for by itself. */
const pagesFolder = 'pages';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function readBuiltWidget(folder = widgetFolder, version = ownVersion()): BuiltWidget {
  const files = new Map(
    filesIn(folder)
      .filter((path) => !path.startsWith(`${pagesFolder}/`))
      .map((path) => {
        const plain = readFileSync(join(folder, path));
        return [path, described(path, plain, brotliCompressSync(plain))];
      }),
  );
  const scriptsOf = (page: PageName) =>
    existsSync(join(folder, pagesFolder))
      ? [page, 'app'].map((name) => readFileSync(join(folder, pagesFolder, `${name}.js`), 'utf8'))
      : [];
  return { version, files, pages: { frame: scriptsOf('frame'), hosted: scriptsOf('hosted') } };
}

/** A file of a release that is no longer on our disk. */
export async function widgetFileOf(path: string, content: string): Promise<WidgetFile> {
  const plain = Buffer.from(content);
  return described(path, plain, await promisify(brotliCompress)(plain));
}

export function sendWidgetFile(req: Request, res: Response, { type, etag, plain, brotli }: WidgetFile): void {
  res.set('ETag', etag);
  if (req.headers['if-none-match'] === etag) return void res.vary('Accept-Encoding').status(304).end();
  sendCompressed(req, res, { type, plain, brotli });
}

/** Compressed, for whoever takes it so. */
export function sendCompressed(
  req: Request,
  res: Response,
  { type, plain, brotli }: Omit<WidgetFile, 'etag'>,
): void {
  res.set('Content-Type', type);
  res.vary('Accept-Encoding');
  if (!req.acceptsEncodings('br')) return void res.end(plain);
  res.set('Content-Encoding', 'br');
  res.end(brotli);
}

function ownVersion(): string {
  return (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string })
    .version;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function described(path: string, plain: Buffer, brotli: Buffer): WidgetFile {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { type: types[extname(path)]!, etag, plain, brotli };
}
