import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export type ProgramOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Everything it says is added to this file. */
  readonly log: string;
  readonly cwd?: string;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  /** It is a Node that answers messages: see `ask`. */
  readonly answers?: boolean;
};

/** A program that runs beside us until it is told to stop. */
export class Program {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly ended: Promise<number | null>;

  constructor(
    command: string,
    args: readonly string[],
    { env = {}, log, cwd, user, answers = false }: ProgramOptions,
  ) {
    const output = openSync(log, 'a');
    this.#child = spawn(command, args, {
      env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`, ...env },
      stdio: ['ignore', output, output, ...(answers ? (['ipc'] as const) : [])],
      ...(cwd !== undefined && { cwd }),
      ...user,
    });
    closeSync(output);
    this.#log = log;
    this.ended = once(this.#child, 'exit').then(([code]) => code as number | null);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Until `isReady` says so. @throws with its last words when it has ended instead, or takes too long. */
  async untilReady(isReady: () => Promise<boolean>): Promise<void> {
    for (const end = performance.now() + 30_000; ;) {
      if (this.#child.exitCode !== null || performance.now() > end) throw new Error(this.lastWords());
      if (await isReady()) return;
      await sleep(25);
    }
  }

  /** Sends a message and waits for the answer to it: one at a time. @throws with its last words when it has ended. */
  async ask(question: unknown): Promise<unknown> {
    const answer = once(this.#child, 'message');
    this.#child.send(question as object);
    const [said] = (await Promise.race([
      answer,
      this.ended.then(() => {
        throw new Error(this.lastWords());
      }),
    ])) as [unknown];
    return said;
  }

  lastWords(): string {
    return readFileSync(this.#log, 'utf8').slice(-2_000);
  }

  /** Tells it to stop and waits; its exit code, null if a signal ended it. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    return this.ended;
  }
}

/** Whether an address answers with success. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );
