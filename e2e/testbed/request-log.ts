/** One request as it was received. A testbed may show what it decrypted; nothing else may. */
export type LoggedRequest = {
  readonly at: string;
  readonly endpoint: string;
  readonly valid: boolean;
  /** The result code answered, or what was wrong with the request. */
  readonly outcome: string;
  readonly complaint?: string;
  readonly fault?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Plain values. */
  readonly fields: Readonly<Record<string, string>>;
};

const kept = 10_000;

export class RequestLog {
  #requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > kept) this.#requests.shift();
  }
  of(endpoint?: string): readonly LoggedRequest[] {
    return endpoint === undefined
      ? this.#requests
      : this.#requests.filter((one) => one.endpoint === endpoint);
  }
  clear(): void {
    this.#requests = [];
  }
}
