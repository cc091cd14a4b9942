/** How PostgreSQL names what is no fault of the query, by its SQLSTATE or the class that begins it. */
const states = [
  /** The connection broke or was refused. */
  /^08/,
  /** Not enough of something: disk, memory, connections. */
  /^53/,
  /** Ended by an operator, shutting down, starting up. */
  /^57P0[1-5]$/,
  /** An operator has closed this database to connections. */
  /^55000$/,
  /** The server takes no writes: a standby, or an operator's precaution. */
  /^25006$/,
  /** Its disk fails. */
  /^58030$/,
];

/** The system's names for a server that cannot be reached. */
const unreachable = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
];

/** The driver gives these no code. Whole sentences, so that no other error is taken for one. */
const sentences = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Connection terminated due to connection timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'driver has already been destroyed',
];

/**
 * Whether an error that a query threw says that the database is away, full or read-only, rather than that
 * something is wrong with us: then the same request can succeed later, and nobody needs to be blamed (R23, R25).
 * Meant for errors of the store; causes are not looked at, for they may belong to something else.
 */
export function isDatabaseTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return sentences.includes(error.message);
  return unreachable.includes(code) || states.some((state) => state.test(code));
}
