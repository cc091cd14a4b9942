import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect } from './database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

export type TestDatabase = {
  readonly url: string;
  /** Open connections are cut. */
  readonly drop: () => Promise<void>;
};

/** A real PostgreSQL for a run of tests. It forgets everything when it stops, so it need not be careful. */
export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> };

const template = 'migrated';

/** Starts the server, with one migrated database that `newDatabase` copies. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-test-'));
  // Also for the user that PostgreSQL runs as.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), {
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  });
  await query(server.url, `CREATE DATABASE ${template}`);
  const { database } = connect(databaseUrl(server.url, template), () => undefined);
  await migrate(database);
  await database.destroy();
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A migrated database of one's own on the server that `startTestPostgres` started. */
export async function newDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => query(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
