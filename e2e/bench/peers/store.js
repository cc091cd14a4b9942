/**
 * S1, S2: what a session costs without a server around it, by our store or by the driver alone. `{ who, tokens, ms }` lets
 * sixteen at a time read a session by its token and save it again until the time is up, or every token once if there is
 * no `ms`; the answer is how often.
 */
import { createServer } from 'node:net';
import pg from 'pg';
import { createLog } from '../../../dist/server/bff/log/log.js';
import { readByTokenSql, saveSql } from '../../../dist/server/bff/store/sessions.js';
import { openStore } from '../../../dist/server/bff/store/store.js';
import { hashToken } from '../../../dist/server/bff/store/vault.js';

const { DATABASE_URL: databaseUrl, HECTO_MERCHANT_ID: merchantId, DATA_KEY: dataKey } = process.env;
const inFlight = 16;

const store = await openStore(
  {
    ...{ databaseUrl, merchantId, sessionIdleMs: 600_000 },
    dataKeys: [{ id: 'bench', key: Buffer.from(dataKey, 'base64') }],
  },
  { log: createLog('silent', () => new Date()) },
);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });

const once = {
  /** Reads and saves once. */
  async ours(token) {
    const { session } = await store.sessions.readByToken(token);
    if (!(await store.sessions.save(session, session.journey))) throw new Error('somebody was faster');
  },
  /** The same statements on the same rows, whose sealed columns go back as they came. */
  async driver(token) {
    const values = [hashToken(token), merchantId];
    const [row] = (await pool.query({ name: 'read', text: readByTokenSql, values })).rows;
    const saved = [row.id, row.version, row.sealed_journey, 'account', false, null, 3];
    const { rowCount } = await pool.query({ name: 'save', text: saveSql, values: saved });
    if (rowCount !== 1) throw new Error('somebody was faster');
  },
  /** Everything that a command of the widget does to its session: it reads, notes the time, claims, and saves. */
  async command(token) {
    const { session } = await store.sessions.readByToken(token);
    await store.sessions.touch(session.id, new Date());
    const claim = { key: 'x'.repeat(43), until: new Date().toISOString() };
    const claimed = await store.sessions.save(session, { ...session.journey, claim });
    if (!(await store.sessions.save(claimed, session.journey, { dueAt: null })))
      throw new Error('somebody was faster');
  },
};

async function run({ who, tokens, ms }) {
  const end = performance.now() + (ms ?? Infinity);
  let count = 0;
  const one = async (_, lane) => {
    // Each has sessions of its own: nobody is ever faster.
    const own = tokens.filter((_token, index) => index % inFlight === lane);
    for (let at = 0; performance.now() < end && (ms || at < own.length); at += 1, count += 1)
      await once[who](own[at % own.length]);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
  return count;
}

process.on('message', (question) => {
  if (typeof question === 'object') run(question).then((count) => process.send(count));
});
// Only to tell that it is ready.
createServer().listen(Number(process.env.PORT), '127.0.0.1');
