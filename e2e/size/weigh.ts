import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { shareOfReactTwin } from './react-twin.ts';

const folder = join(import.meta.dirname, '../../dist/widget');
const entry = 'hecto-onboarding.js';
/** The same entry for pages without modules. A page loads one of the two, so the larger counts, once. */
const classicEntry = 'hecto-onboarding.classic.js';

/** What only developers load, no customer, and how many bytes of it. */
export const developersLimits: Readonly<Record<string, number>> = {
  'self-test.js': 4 * 1024,
  'appearance-check.js': 7 * 1024,
};

/** What the build has made besides its scripts. */
export type Manifest = { readonly app: string; readonly files: Readonly<Record<string, string>> };
export const readManifest = (): Manifest =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;

/** `size`: as it travels, by brotli. */
export type Script = {
  readonly name: string;
  readonly content: Buffer;
  readonly text: string;
  readonly size: number;
};

/** Every script of the built widget. */
export const readScripts = (): Script[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .map((path) => {
      const content = readFileSync(join(folder, path));
      return {
        name: relative('.', path),
        content,
        text: content.toString(),
        size: brotliCompressSync(content).length,
      };
    });

export type Weights = {
  /** All that a customer may load, all screens and both languages, where it is most: in the page, the frame or on the hosted page. */
  readonly whole: number;
  /** The two entries. */
  readonly entries: readonly [number, number];
  /** Until the first screen, of what a twin in React would need. */
  readonly shareOfTwin: number;
};

/** Bytes as they travel. A file that is missing weighs infinitely much. */
export async function weigh(scripts: readonly Script[]): Promise<Weights> {
  const sizeOf = (file: string) => scripts.find(({ name }) => name === file)?.size ?? Infinity;
  const entries = [sizeOf(entry), sizeOf(classicEntry)] as const;
  const { app } = readManifest();
  /** What comes when it is asked for: the other language. */
  const later = scripts
    .filter(({ name }) => name.startsWith('chunks/') && name !== app)
    .reduce((sum, { size }) => sum + size, 0);
  /** A page compresses what it holds as one. */
  const inPage = (name: string) =>
    brotliCompressSync(
      Buffer.concat([`pages/${name}.js`, 'pages/app.js'].map((path) => readFileSync(join(folder, path)))),
    ).length;
  return {
    whole: later + Math.max(Math.max(...entries) + Math.max(sizeOf(app), inPage('frame')), inPage('hosted')),
    entries,
    shareOfTwin: await shareOfReactTwin(sizeOf(entry) + sizeOf(app)),
  };
}
