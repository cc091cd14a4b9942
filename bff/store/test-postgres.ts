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

/** A real PostgreSQL for a run of tests. `url` is that of a migrated database, which `newDatabase` copies. */
export type TestPostgres = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * Starts a server that forgets everything when it stops, so it need not be careful. With `TEST_DATABASE_URL` a server
 * of one's own takes its place; its role must be allowed to create databases, and nothing stays behind.
 */
export async function startTestPostgres(): Promise<TestPostgres> {
  const own = process.env['TEST_DATABASE_URL'];
  const server = own ? { url: own, stop: () => Promise.resolve() } : await startForgetful();
  const url = urlOf(server.url, `migrated_${randomBytes(4).toString('hex')}`);
  await query(server.url, `CREATE DATABASE ${nameOf(url)}`);
  const { database } = connect(url, () => undefined);
  await migrate(database);
  await database.destroy();
  return {
    url,
    async stop() {
      await dropDatabase(url);
      await server.stop();
    },
  };
}

async function startForgetful(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-test-'));
  // Also for the user that PostgreSQL runs as.
  chmodSync(folder, 0o755);
  const server = await startEmbeddedPostgres(join(folder, 'postgres'), {
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A database of one's own, migrated already. */
export async function newDatabase(templateUrl: string): Promise<TestDatabase> {
  const url = urlOf(templateUrl, `test_${randomBytes(8).toString('hex')}`);
  await query(
    urlOf(templateUrl, 'postgres'),
    `CREATE DATABASE ${nameOf(url)} TEMPLATE ${nameOf(templateUrl)}`,
  );
  return { url, drop: () => dropDatabase(url) };
}

const dropDatabase = (url: string) =>
  query(urlOf(url, 'postgres'), `DROP DATABASE IF EXISTS ${nameOf(url)} WITH (FORCE)`);

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** The same server, another database. */
function urlOf(serverUrl: string, name: string): string {
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
