/** What the operator's commands have in common: how their words are read and how they end. */
import { inspect, parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigError } from './config-error.ts';

/** The command was called in a way that it does not have; the message says how it is called. */
export class Misused extends Error {}

/** The words of the command line. Throws Misused with `usage` for an option that `options` does not have. */
export function readWords<const O extends NonNullable<ParseArgsConfig['options']>>(
  options: O,
  usage: string,
) {
  try {
    return parseArgs({ args: process.argv.slice(2), allowPositionals: true, options });
  } catch {
    throw new Misused(usage);
  }
}

/** Prints each line to standard output. */
export const print = (...lines: readonly string[]): void =>
  void process.stdout.write(lines.map((line) => `${line}\n`).join(''));

/**
 * Runs a command; what it answers is the exit code of the process. When it throws, that is 2, with one sentence for the
 * operator; details only for what nobody foresaw.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    process.stderr.write(`${reasonOf(error).trimEnd()}\n`);
    process.exitCode = 2;
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Misused || error instanceof ConfigError ? error.message : inspect(error);
