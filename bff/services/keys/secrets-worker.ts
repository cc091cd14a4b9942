import { createHash } from 'node:crypto';
import { ConfigError } from '../../config-error.ts';
import type { Config } from '../../config.ts';
import type { Log } from '../../log/log.ts';

/** What may be replaced while the process runs: the rest of the configuration is read once. */
export type Secrets = Pick<Config, 'hecto' | 'merchantApiKeys' | 'dataKeys' | 'webhook' | 'ops'>;

type Deps = {
  /** Those in use. */
  readonly secrets: Secrets;
  /** Those that the environment and its files hold now. Throws a ConfigError. */
  readonly readSecrets: () => Secrets;
  /** Throws a ConfigError when they cannot be used; then those in use stay. */
  readonly replace: (secrets: Secrets) => Promise<void>;
  readonly log: Log;
};

export type SecretsWorker = {
  /** Looks now and takes what is there, without waiting for a second look. */
  readonly look: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/**
 * Follows the files behind `NAME_FILE`, so that keys are replaced without a restart (S05, S06, S80, S97). What changed is
 * taken when two looks find the same: the AES key and the hash key lie in two files, which nobody writes at once. What cannot
 * be used is logged once, by the variable's name, and those in use stay.
 */
export function startSecretsWorker(deps: Deps, lookEveryMs = 5_000): SecretsWorker {
  const { readSecrets, replace, log } = deps;
  let dealtWith = markOf(deps.secrets);
  let seen = dealtWith;
  let looking = Promise.resolve();

  function read(): Secrets | ConfigError {
    try {
      return readSecrets();
    } catch (error) {
      return refusalOf(error);
    }
  }

  async function look(isSure: boolean): Promise<void> {
    const found = read();
    const mark = found instanceof ConfigError ? `refused: ${found.variable}` : markOf(found);
    const isSettled = isSure || mark === seen;
    seen = mark;
    if (!isSettled || mark === dealtWith) return;
    const refusal = found instanceof ConfigError ? found : await replace(found).catch(refusalOf);
    if (refusal) log.event('secrets.refused', { variable: refusal.variable });
    else log.event('secrets.replaced', {});
    dealtWith = mark;
  }

  /** One after the other. */
  function lookNext(isSure: boolean): Promise<void> {
    looking = looking.then(() => look(isSure)).catch((error: unknown) => log.fault(error));
    return looking;
  }

  const timer = setInterval(() => void lookNext(false), lookEveryMs);
  return {
    look: () => lookNext(true),
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** Whatever is no ConfigError is a fault and no refusal: the next look tries again. */
function refusalOf(error: unknown): ConfigError {
  if (error instanceof ConfigError) return error;
  throw error;
}

const markOf = ({ hecto: { aesKey, hashKey }, merchantApiKeys, dataKeys, webhook, ops }: Secrets): string =>
  createHash('sha256')
    .update(JSON.stringify([aesKey, hashKey, merchantApiKeys, dataKeys, webhook?.secrets, ops?.passwordHash]))
    .digest('hex');
