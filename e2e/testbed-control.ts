/** Hecto's side from behind: sets a scene and looks at what arrived, through the testbed's control API. */
export class TestbedControl {
  readonly #url: string;

  constructor(testbedUrl: string) {
    this.#url = testbedUrl;
  }

  /** Opens an account in somebody's name. An account nobody opened belongs to whoever asks. */
  async seedAccount(account: { bankCode: string; accountNumber: string; holder: string }): Promise<void> {
    await this.post('/accounts', account);
  }

  /** Lets Hecto know a payment password of the customer. */
  async setPassword(customerId: string, password: string): Promise<void> {
    await this.post('/passwords', { customerId, password });
  }

  /** How often one of the 32 calls arrived. */
  async countOf(endpoint: string): Promise<number> {
    return (await this.get<unknown[]>(`/requests?endpoint=${endpoint}`)).length;
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await this.#ask(path)).json() as Promise<Answer>;
  }
  async post(path: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await this.#ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  async #ask(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(`${this.#url}/_testbed${path}`, init);
    if (!response.ok) throw new Error(`The testbed answered ${response.status} to ${path}`);
    return response;
  }
}
