import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './config-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads single variables. Every method throws a ConfigError that names the variable and what is allowed. */
export function readerOf(env: Environment) {
  /** The value, or undefined when it is unset, empty or only spaces. */
  function text(name: string): string | undefined {
    return env[name]?.trim() || undefined;
  }

  /** Like `text`; `NAME_FILE` may name a file that holds it instead. */
  function secret(name: string): string | undefined {
    const path = text(`${name}_FILE`);
    if (path === undefined) return text(name);
    if (text(name) !== undefined) throw new ConfigError(name, `and ${name}_FILE must not both be set`);
    return readSecretFile(`${name}_FILE`, path);
  }

  function oneOf<const V extends string>(name: string, values: readonly V[], fallback: V): V {
    const value = text(name) ?? fallback;
    const known = values.find((allowed) => allowed === value);
    if (known === undefined) throw new ConfigError(name, `must be one of ${values.join(', ')}`);
    return known;
  }

  function whole(name: string, least: number, most: number, fallback: number): number {
    const value = text(name) ?? String(fallback);
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= least && number <= most)) {
      throw new ConfigError(name, `must be a whole number from ${least} to ${most}`);
    }
    return number;
  }

  /** A comma list without empty entries; undefined when unset. */
  function list(name: string, value = text(name)): string[] | undefined {
    const entries = value?.split(',').map((entry) => entry.trim());
    if (entries?.some((entry) => entry === '')) {
      throw new ConfigError(name, 'must be a comma list without empty entries');
    }
    return entries;
  }

  return { text, secret, oneOf, whole, list };
}

/** S01: a secret that other users of the machine can read is not one. */
function readSecretFile(variable: string, path: string): string {
  let content: string;
  let mode: number;
  try {
    mode = statSync(path).mode;
    content = readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigError(variable, 'must name a file that can be read');
  }
  if (process.platform !== 'win32' && mode & 0o077) {
    throw new ConfigError(variable, 'must name a file that only its owner can read (chmod 600)');
  }
  if (content === '') throw new ConfigError(variable, 'must name a file that is not empty');
  return content;
}
