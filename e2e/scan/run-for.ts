import { spawn } from 'node:child_process';

/**
 * Runs a tool for so many seconds at most and answers all that it said. `ended` is false when its time was up; then it
 * was stopped, with everything it had started.
 */
export function runFor(
  seconds: number,
  command: string,
  args: readonly string[],
): Promise<{ readonly said: string; readonly ended: boolean }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let ended = true;
    const timer = setTimeout(() => {
      ended = false;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      resolve({ said, ended });
    });
  });
}
