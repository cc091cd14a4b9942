import type { Cluster } from './cluster.ts';

/** What the database has done since its counters began. */
export type DatabaseWork = {
  readonly transactions: number;
  /** By the table they concern: rows written, and bytes on disk with indexes. */
  readonly tables: ReadonlyMap<string, TableWork>;
  readonly walBytes: number;
  readonly statements: number;
  /** Statements that wrote at least one row. */
  readonly writes: number;
};

export type TableWork = {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly bytes: number;
};

/** Reads PostgreSQL's own counters, which lag behind by up to a second. */
export async function databaseWork(cluster: Cluster): Promise<DatabaseWork> {
  await cluster.sql('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const [[database], tables, [wal], [statements]] = await Promise.all([
    cluster.sql<{ n: number }>(
      'SELECT xact_commit::float8 AS n FROM pg_stat_database WHERE datname = current_database()',
    ),
    cluster.sql<{ name: string; i: number; u: number; d: number; bytes: number }>(
      `SELECT relname AS name, n_tup_ins::float8 AS i, n_tup_upd::float8 AS u, n_tup_del::float8 AS d,
         pg_total_relation_size(relid)::float8 AS bytes
       FROM pg_stat_user_tables`,
    ),
    cluster.sql<{ bytes: number }>('SELECT wal_bytes::float8 AS bytes FROM pg_stat_wal'),
    cluster.sql<{ all: number; writes: number }>(
      `SELECT coalesce(sum(calls), 0)::float8 AS all,
         coalesce(sum(calls) FILTER (WHERE query ~* '(insert into|update|delete from) ' AND rows > 0), 0)::float8 AS writes
       FROM pg_stat_statements`,
    ),
  ]);
  return {
    transactions: database!.n,
    tables: new Map(
      tables.map(({ name, i, u, d, bytes }) => [name, { inserted: i, updated: u, deleted: d, bytes }]),
    ),
    walBytes: wal!.bytes,
    statements: statements!.all,
    writes: statements!.writes,
  };
}

const nothing: TableWork = { inserted: 0, updated: 0, deleted: 0, bytes: 0 };

/** What was done between two looks. */
export const between = (before: DatabaseWork, after: DatabaseWork): DatabaseWork => ({
  transactions: after.transactions - before.transactions,
  walBytes: after.walBytes - before.walBytes,
  statements: after.statements - before.statements,
  writes: after.writes - before.writes,
  tables: new Map(
    [...after.tables].map(([name, now]) => {
      const was = before.tables.get(name) ?? nothing;
      return [
        name,
        {
          inserted: now.inserted - was.inserted,
          updated: now.updated - was.updated,
          deleted: now.deleted - was.deleted,
          bytes: now.bytes - was.bytes,
        },
      ];
    }),
  ),
});
