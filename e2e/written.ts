/** What a run left behind, for tests that look for what must not be there. */
import pg from 'pg';
import { endpointOf, isEndpointName } from '../shared/hecto/endpoints.ts';
import type { Testbed } from './testbed/testbed.ts';
import { hashOf } from './testbed/wire/cipher.ts';

/** The `pktHash` of every call that Hecto's side accepted: it checked each; here they are worked out again. */
export function hashesOf({ requests, keys }: Testbed): string[] {
  return requests.of().flatMap(({ endpoint, valid, fields }) => {
    if (!valid || !isEndpointName(endpoint)) return [];
    const { hash } = endpointOf(endpoint);
    return hash
      ? [
          hashOf(
            hash.map((name) => fields[name] ?? ''),
            keys[0]!,
          ),
        ]
      : [];
  });
}

/** Every row of every table as text; bytes as hexadecimal. */
export async function dumpOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM ${name} t`,
      );
      texts.push(...rows.map(({ row }) => `${name} ${row}`));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
