/**
 * Makes the secrets of compose.yaml once; what is there stays. Each folder is a volume that only those services see
 * which need it: the BFF never sees the password of the schema's owner.
 */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { BFF_SECRETS, MIGRATION_SECRETS, DATABASE_SECRETS } = process.env;
const [bffUser, databaseUser] = [Number(process.env.BFF_USER), Number(process.env.DATABASE_USER)];
const last = join(BFF_SECRETS, 'data-keys');

if (!existsSync(last)) {
  const [owner, bff, superuser] = [0, 1, 2].map(() => randomBytes(24).toString('hex'));
  keep(join(DATABASE_SECRETS, 'superuser-password'), superuser, databaseUser);
  keep(
    join(DATABASE_SECRETS, 'roles.sql'),
    `CREATE ROLE hecto_owner LOGIN PASSWORD '${owner}';
CREATE ROLE hecto_bff LOGIN PASSWORD '${bff}';
CREATE DATABASE hecto OWNER hecto_owner;`,
    databaseUser,
  );
  keep(join(MIGRATION_SECRETS, 'database-url'), `postgres://hecto_owner:${owner}@postgres/hecto`, bffUser);
  keep(join(BFF_SECRETS, 'database-url'), `postgres://hecto_bff:${bff}@postgres/hecto`, bffUser);
  keep(join(BFF_SECRETS, 'merchant-api-keys'), `sk_${randomBytes(24).toString('hex')}`, bffUser);
  keep(join(BFF_SECRETS, 'pin-pepper'), randomBytes(48).toString('base64'), bffUser);
  keep(last, `k1:${randomBytes(32).toString('base64')}`, bffUser);
}

/** Whole and its reader's, or not at all. */
function keep(path, text, user) {
  const begun = `${path}.begun`;
  rmSync(begun, { force: true }); // of a first time that was cut off
  writeFileSync(begun, `${text}\n`, { mode: 0o600 });
  chownSync(begun, user, user);
  renameSync(begun, path);
}
