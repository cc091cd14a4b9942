/** A merchant who has nothing but the README: a folder of its own outside of this project, and a small server in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { System } from '../system.ts';
import { at, snippetOf } from './readme.ts';

export class Merchant {
  readonly folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-merchant-'));
  readonly #system: System;
  #stop = (): Promise<unknown> => Promise.resolve();

  constructor(system: System) {
    this.#system = system;
  }

  /** Copies a code block of the README. */
  copy(words: string): string {
    return at(this.#system.bffUrl, snippetOf(words));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Starts the README's server at the system's spare address. */
  async serve(): Promise<void> {
    const { bffUrl, secretKey, spareUrl } = this.#system;
    this.write('server.mjs', this.copy('// server.mjs'));
    const server = spawn(process.execPath, ['server.mjs'], {
      cwd: this.folder,
      env: { BFF_URL: bffUrl, SECRET_KEY: secretKey, PORT: new URL(spareUrl).port },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.#stop = () => {
      server.kill();
      return server.exitCode === null ? once(server, 'exit') : Promise.resolve();
    };
    for (let tries = 100; tries > 0; tries--) {
      const answer = await fetch(`${spareUrl}/account`).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("The README's server does not answer.");
  }

  async leave(): Promise<void> {
    await this.#stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
