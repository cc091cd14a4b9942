import { createHash } from 'node:crypto';
import type { Config } from '../../config.ts';
import type { System } from './start-system.ts';

export const operatorPassword = 'operators-open-sesame';

export const operatorsOf = (password = operatorPassword): NonNullable<Config['ops']> => ({
  ...{ port: 0, host: '127.0.0.1' },
  passwordHash: createHash('sha256').update(password).digest(),
});

/** An operator's browser, or somebody's who would like to be one. */
export class OperatorPage {
  readonly #system: Pick<System, 'opsUrl'>;
  readonly #instance: number;
  readonly #authorization: string;
  /** As the page gives it to its script. */
  token = '';

  constructor(
    system: Pick<System, 'opsUrl'>,
    password = operatorPassword,
    { instance = 0, name = 'kim' } = {},
  ) {
    this.#system = system;
    this.#instance = instance;
    this.#authorization = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  }

  get #origin(): string {
    return new URL(this.#system.opsUrl(this.#instance)).origin;
  }

  get(path = '/ops', headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.#origin + path, { headers: { authorization: this.#authorization, ...headers } });
  }

  /** Opens the page and keeps what its script would send along. */
  async open(path = '/ops'): Promise<string> {
    const page = await (await this.get(path)).text();
    this.token = /data-token="([^"]+)"/.exec(page)?.[1] ?? '';
    return page;
  }

  /** As the page's script does it; `change` leaves something out or says something else. */
  post(path: string, change: Record<string, string | undefined> = {}): Promise<Response> {
    const headers: Record<string, string | undefined> = {
      authorization: this.#authorization,
      'content-type': 'application/json',
      'x-ops-token': this.token,
      origin: this.#origin,
      'sec-fetch-site': 'same-origin',
      ...change,
    };
    const sent = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    );
    return fetch(this.#origin + path, { method: 'POST', headers: sent, body: '{}' });
  }

  async outcomeOf(path: string): Promise<string> {
    const { outcome, code } = (await (await this.post(path)).json()) as { outcome?: string; code?: string };
    return outcome ?? code ?? 'none';
  }
}

/** What the page's funnel says of today, by stage. */
export function funnelIn(page: string): Record<string, number> {
  const rows = [...page.matchAll(/data-stage="(\w+)">.*?<td[^>]*>\s*<span\s*>([\d,]+)/gs)];
  return Object.fromEntries(rows.map(([, stage, count]) => [stage!, Number(count!.replace(',', ''))]));
}
