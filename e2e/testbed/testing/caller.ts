import type { AnswerFields } from '../../../shared/hecto/contract.ts';
import { endpointOf, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import { kstStamp } from '../../../shared/values/kst.ts';
import { decrypt, encrypt, hashOf, testbedKeys } from '../wire/cipher.ts';

export type Opened = Record<string, string> & { records: Record<string, string>[] };
type Wire = Record<string, unknown>;

/** The wire form of plain values; what a merchant's own few lines would make. */
export function seal(name: EndpointName, plain: Record<string, string>): Wire {
  const { hdInfo, request, hash } = endpointOf(name);
  const wire: Wire = { hdInfo };
  for (const [field, value] of Object.entries(plain)) {
    wire[field] = request[field]?.encrypted ? encrypt(value, testbedKeys) : value;
  }
  if (hash)
    wire['pktHash'] = hashOf(
      hash.map((field) => plain[field] ?? ''),
      testbedKeys,
    );
  return wire;
}

/** Calls a testbed as a merchant would, filling in what is the same in every call. */
export class TestCaller {
  url: string;
  readonly #now: () => Date;

  constructor(url: string, now: () => Date) {
    this.url = url;
    this.#now = now;
  }

  /** The plain values of a whole request. */
  complete(name: EndpointName, fields: Record<string, string>): Record<string, string> {
    const { date, time } = kstStamp(this.#now());
    const fill = { merchant: 'midtest', date, time };
    const plain = { ...fields };
    for (const [field, { filled }] of Object.entries(endpointOf(name).request)) {
      if (filled) plain[field] ??= fill[filled];
    }
    return plain;
  }

  async call(name: EndpointName, fields: Record<string, string> = {}): Promise<Opened> {
    return this.send(name, seal(name, this.complete(name, fields)));
  }

  /** Sends a body as it is and opens the answer. */
  async send(name: EndpointName, wire: unknown): Promise<Opened> {
    const answer = await this.post(endpointOf(name).path, wire);
    return open(endpointOf(name).answer, (await answer.json()) as Wire);
  }

  post(path: string, body: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      redirect: 'manual',
    });
  }

  async control<T = unknown>(path: string, body?: unknown): Promise<T> {
    const answer =
      body === undefined
        ? await fetch(`${this.url}/_testbed${path}`)
        : await this.post(`/_testbed${path}`, body);
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

function open(contract: AnswerFields, wire: Wire): Opened {
  let records: Record<string, string>[] = [];
  const opened = openFields(contract, wire, (inside, list) => {
    records = list.map((record) => openFields(inside, record));
  });
  return Object.assign(opened, { records });
}

function openFields(
  contract: AnswerFields,
  wire: Wire,
  openRecords?: (contract: AnswerFields, list: Wire[]) => void,
): Record<string, string> {
  const opened: Record<string, string> = {};
  for (const [field, value] of Object.entries(wire)) {
    const known = contract[field];
    if (known?.records) openRecords?.(known.records, value as Wire[]);
    else if (typeof value !== 'string') throw new Error(`${field} is not a string`);
    else opened[field] = known?.encrypted ? (decrypt(value, testbedKeys) ?? '(not decrypted)') : value;
  }
  return opened;
}
