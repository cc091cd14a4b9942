import type { Tables } from './database.ts';

/**
 * Every column that the vault seals: the columns that find its row, and the row's name, to which the value is bound.
 * `staysSealed`: the table is append-only and its chain covers the ciphertext, so it keeps the key it was sealed with.
 */
export type SealedColumn = {
  readonly table: keyof Tables;
  readonly column: string;
  readonly key: readonly string[];
  readonly rowOf: (row: never) => string;
  readonly staysSealed?: true;
};

/** Names of rows that are found by more than an id. */
export const rowNames = {
  pins: ({ customer_index }: Pick<Tables['pins'], 'customer_index'>) => customer_index.toString('hex'),
  idempotency_keys: ({ route, key }: Pick<Tables['idempotency_keys'], 'route' | 'key'>) =>
    `${route} ${key.toString('hex')}`,
  account_cancellations: ({
    account_index,
    day,
  }: Pick<Tables['account_cancellations'], 'account_index' | 'day'>) =>
    `${account_index.toString('hex')} ${day}`,
  widget_files: ({
    merchant_id,
    version,
    path,
  }: Pick<Tables['widget_files'], 'merchant_id' | 'version' | 'path'>) =>
    JSON.stringify([merchant_id, version, path]),
  consents: ({ session_id, document_id }: Pick<Tables['consents'], 'session_id' | 'document_id'>) =>
    `${session_id} ${document_id}`,
};

const byId = { key: ['id'], rowOf: ({ id }: { id: string }) => id };

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'onboarding_sessions', column: 'sealed_about', ...byId },
  { table: 'onboarding_sessions', column: 'sealed_journey', ...byId },
  { table: 'keypads', column: 'sealed_pad', ...byId },
  { table: 'pins', column: 'sealed_hash', key: ['customer_index'], rowOf: rowNames.pins },
  { table: 'registrations', column: 'sealed_result', ...byId },
  {
    table: 'idempotency_keys',
    column: 'sealed_body',
    key: ['route', 'key'],
    rowOf: rowNames.idempotency_keys,
  },
  { table: 'intents', column: 'sealed_request', ...byId },
  { table: 'intents', column: 'sealed_result', ...byId },
  { table: 'outbox', column: 'sealed_body', ...byId },
  { table: 'verifications', column: 'sealed_data', ...byId },
  {
    table: 'account_cancellations',
    column: 'sealed_about',
    key: ['merchant_id', 'account_index', 'day'],
    rowOf: rowNames.account_cancellations,
  },
  {
    table: 'widget_files',
    column: 'sealed_content',
    key: ['merchant_id', 'version', 'path'],
    rowOf: rowNames.widget_files,
  },
  { table: 'consents', column: 'sealed_evidence', key: ['seq'], rowOf: rowNames.consents, staysSealed: true },
];
