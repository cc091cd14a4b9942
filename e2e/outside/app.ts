/** An app outside of this project that installs our package as a file and is built like any other. */
import { execFile } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Rolldown } from 'vite';
import { project, version } from './readme.ts';

const run = promisify(execFile);

export type ReactVersion = '18' | '19';

/** What a React app of that version has in its `node_modules`, and where we have it. */
const parts = (react: ReactVersion): Readonly<Record<string, string>> => {
  const ours = react === '18' ? '-18' : '';
  return {
    react: `react${ours}`,
    'react-dom': `react-dom${ours}`,
    ...(react === '19' && { scheduler: 'scheduler' }),
    '@types/react': `@types/react${ours}`,
    ...(react === '18' && { '@types/prop-types': '@types/prop-types' }),
    csstype: 'csstype',
  };
};

/** Packs the package and installs it as the README says, without a network. */
export async function installByNpm(folder: string): Promise<void> {
  const npm = (...args: string[]) =>
    run('npm', [...args, '--silent', '--offline', '--no-audit', '--no-fund'], { cwd: folder });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  await npm('pack', join(project, 'dist/package'));
  await npm('install', `./hecto-onboarding-${version}.tgz`);
}

/** Puts that React beside it. */
export function addReact(folder: string, react: ReactVersion): void {
  for (const [name, ours] of Object.entries(parts(react)))
    cpSync(join(project, 'node_modules', ours), join(folder, 'node_modules', name), { recursive: true });
}

/** Checks an app's types as strictly as can be, those of our package included, as bundlers or as Node resolve them. */
export async function checkTypes(
  folder: string,
  resolution: 'bundler' | 'node16',
  ...sources: string[]
): Promise<void> {
  const options = `--noEmit --strict --exactOptionalPropertyTypes --jsx react-jsx --target es2022 --moduleResolution ${resolution}
    --module ${resolution === 'bundler' ? 'esnext' : resolution}`;
  const tsc = join(project, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, ...options.split(/\s+/), ...sources], { cwd: folder }).catch(
    (error: unknown) => {
      throw new Error((error as { stdout: string }).stdout, { cause: error });
    },
  );
}

/** Builds the app for development: only then does React mount everything twice (StrictMode). Returns its one script. */
export async function buildApp(folder: string, entry: string): Promise<string> {
  const built = await build({
    root: folder,
    configFile: false,
    // It warns of every 'use client'.
    logLevel: 'error',
    mode: 'development',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: { write: false, minify: false, rolldownOptions: { input: join(folder, entry) } },
  });
  const { output } = built as Rolldown.RolldownOutput;
  return output[0].code;
}
