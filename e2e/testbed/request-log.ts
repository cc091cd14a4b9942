import { Groups } from './state/groups.ts';

/** One request as it was received. A testbed may show what it decrypted; nothing else may. */
export type LoggedRequest = {
  /** When it arrived. */
  readonly at: string;
  readonly endpoint: string;
  readonly valid: boolean;
  /** Whether Hecto dealt with it, be it to refuse: not when it is invalid, stopped by a fault, or not dealt with yet. */
  worked: boolean;
  /** The result code answered; `under way` before. */
  outcome: string;
  readonly complaint?: string;
  readonly fault?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Plain values. */
  readonly fields: Readonly<Record<string, string>>;
};

/** The newest requests, also by endpoint and by order number. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #byOrder = new Groups<LoggedRequest>();
  readonly #kept: number;

  constructor(kept = 10_000) {
    this.#kept = kept;
  }

  add(request: LoggedRequest): LoggedRequest {
    this.#requests.push(request);
    const order = request.fields['mchtTrdNo'];
    if (order !== undefined) this.#byOrder.add(order, request);
    // In one go now and then: to move a long list for every request would be slow.
    if (this.#requests.length > 2 * this.#kept) this.#forget(this.#requests.length - this.#kept);
    return request;
  }

  of(endpoint?: string, orderNumber?: string): readonly LoggedRequest[] {
    const found =
      orderNumber === undefined ? this.#requests.slice(-this.#kept) : this.#byOrder.of(orderNumber);
    return endpoint === undefined ? found : found.filter((one) => one.endpoint === endpoint);
  }

  clear(): void {
    this.#requests = [];
    this.#byOrder = new Groups();
  }

  #forget(count: number): void {
    for (const { fields } of this.#requests.splice(0, count)) {
      if (fields['mchtTrdNo'] !== undefined) this.#byOrder.dropFirst(fields['mchtTrdNo']);
    }
  }
}
