/** What `npm publish` would send, and what those who will install it would say of it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData, type ResolutionKind } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

export type Packed = { readonly files: readonly string[]; readonly bytes: number; readonly tarball: Buffer };

/** Packs a folder as npm would for the registry; the tarball lands in `into`. */
export function pack(folder: string, into: string): Packed {
  const said = execFileSync('npm', ['pack', folder, '--json', '--pack-destination', into], { cwd: into });
  type Told = {
    readonly filename: string;
    readonly size: number;
    readonly files: readonly { path: string }[];
  };
  const told = Object.values(JSON.parse(said.toString()) as Readonly<Record<string, Told>>);
  const [{ filename, size, files }] = told as [Told];
  return {
    files: files.map(({ path }) => path).sort(),
    bytes: size,
    tarball: readFileSync(join(into, filename)),
  };
}

/** What publint has to say, suggestions too. */
export async function lint({ tarball }: Packed): Promise<string[]> {
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(tarball).buffer },
    strict: true,
  });
  return messages.map((message) => `${message.type}: ${formatMessage(message, pkg) ?? message.code}`);
}

/** Whoever imports us as CommonJS or with a resolver from before `exports` is told that we are modules only. */
const modulesOnly: readonly ResolutionKind[] = ['node16-esm', 'bundler'];

/** Where a program's types would not be those of what runs; `untyped` for a package without types. */
export async function typesOf({ tarball }: Packed): Promise<string[] | 'untyped'> {
  const result = await checkPackage(createPackageFromTarballData(tarball));
  if (!result.types) return 'untyped';
  return result.problems.flatMap((problem) =>
    'resolutionKind' in problem && !modulesOnly.includes(problem.resolutionKind)
      ? []
      : [`${problem.kind}: ${JSON.stringify(problem)}`],
  );
}
