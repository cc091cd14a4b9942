import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, Order } from './messages.ts';

type AnswerTo<O extends Order['do']> = Extract<Answer, { did: O }>;

/** A BFF in a process of its own. It is loaded when it is made and starts when it is told to. */
export class BffProcess {
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #child: ChildProcess;
  readonly #loaded: Promise<unknown>;
  /** Orders are answered in the order in which they were given, except that a start takes longer. */
  readonly #waiting = new Map<Answer['did'], ((answer: Answer) => void)[]>();
  #rejects: ((error: Error) => void)[] = [];

  /** `file`: the child's JavaScript. `zone`: its TZ. */
  constructor(file: string, { zone, log }: { zone?: string | undefined; log: string[] }) {
    const { PATH } = process.env;
    this.#child = fork(file, [], {
      execArgv: ['--expose-gc'],
      env: { PATH, ...(zone !== undefined && { TZ: zone }) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const keep = (chunk: Buffer) => log.push(chunk.toString());
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#child.on('error', () => undefined); // it is gone; `ended` tells
    this.ended = once(this.#child, 'exit').then(([code, signal]) => {
      this.#failAll(new Error('the process has ended'));
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
    this.#child.on('message', (answer: Answer) => {
      if (answer.did === 'fail') this.#failAll(new Error(answer.why));
      this.#waiting.get(answer.did)?.shift()?.(answer);
    });
    this.#loaded = this.#answer('load');
    this.#loaded.catch(() => undefined); // looked at by whoever uses it
  }

  async tell<O extends Order>(order: O): Promise<AnswerTo<O['do']>> {
    await this.#loaded;
    const answer = this.#answer(order.do);
    this.#child.send(order, (error) => {
      if (error) this.#failAll(error);
    });
    return (await answer) as AnswerTo<O['do']>;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Whoever waits for an answer will not get one. */
  #failAll(error: Error): void {
    for (const reject of this.#rejects) reject(error);
    this.#rejects = [];
    this.#waiting.clear();
  }

  #answer(did: Answer['did']): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(did, [...(this.#waiting.get(did) ?? []), resolve]);
      this.#rejects.push(reject);
    });
  }
}
