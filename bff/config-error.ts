/** A reason not to start, as one sentence for the operator. It never holds the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;
  readonly allowed: string;
  /** What else the same reading of the environment found. */
  readonly also: readonly ConfigError[];

  constructor(variable: string, allowed: string, also: readonly ConfigError[] = []) {
    super(`${variable} ${allowed}.`);
    this.variable = variable;
    this.allowed = allowed;
    this.also = also;
  }
}

type Readers = Readonly<Record<string, () => unknown>>;

/**
 * Reads each of the parts, so that a fault of one does not hide that of the next. Throws the first ConfigError, with the
 * others in `also`; each is there once, also when several parts stumbled over it.
 */
export function readAll<R extends Readers>(parts: R): { [P in keyof R]: ReturnType<R[P]> } {
  const values: Record<string, unknown> = {};
  const faults = new Map<string, ConfigError>();
  for (const [name, read] of Object.entries(parts)) {
    try {
      values[name] = read();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const fault of [error, ...error.also]) faults.set(fault.message, fault);
    }
  }
  const [first, ...also] = faults.values();
  if (first) throw new ConfigError(first.variable, first.allowed, also);
  return values as { [P in keyof R]: ReturnType<R[P]> };
}
