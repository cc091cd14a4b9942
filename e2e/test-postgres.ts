import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../bff/store/embedded-postgres.ts';

/** A real PostgreSQL for a row of tests. It forgets everything when it stops, so it need not be careful. */
export type TestPostgres = {
  /** The URL of a new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
};

export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-journeys-'));
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), {
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  });
  return {
    async newDatabase() {
      const name = `journey_${randomBytes(6).toString('hex')}`;
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      const url = new URL(server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
