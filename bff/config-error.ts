/** A reason not to start, as one sentence for the operator. It never holds the value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;

  constructor(variable: string, allowed: string) {
    super(`${variable} ${allowed}.`);
    this.variable = variable;
  }
}
