import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with our package.json, whether we run from source or from `dist/server`. */
export const projectFolder = findUp(dirname(fileURLToPath(import.meta.url)));

/** The built widget. */
export const widgetFolder = join(projectFolder, 'dist', 'widget');

function findUp(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('No package.json above the BFF.');
  return findUp(parent);
}
