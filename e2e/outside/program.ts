/** A program that somebody outside of this project starts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

export type Program = {
  /** Everything it has printed so far. */
  said(): string;
  stop(): Promise<void>;
};

type Start = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly answersAt: string;
};

/** Starts it, and waits until something answers at `answersAt`. @throws with what it said, when it ends before that. */
export async function startProgram(
  command: string,
  args: readonly string[],
  { cwd, env, answersAt }: Start,
): Promise<Program> {
  const program = spawn(command, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [program.stdout, program.stderr])
    stream.on('data', (chunk) => (said += String(chunk)));
  const ended = once(program, 'close');
  const hasEnded = () => program.exitCode !== null || program.signalCode !== null;

  for (const deadline = Date.now() + 30_000; ;) {
    if (hasEnded() || Date.now() > deadline) {
      program.kill();
      throw new Error(`${command} ${args.join(' ')} does not answer at ${answersAt}: ${said}`);
    }
    if (
      await fetch(answersAt).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    said: () => said,
    async stop() {
      program.kill();
      await ended;
    },
  };
}
