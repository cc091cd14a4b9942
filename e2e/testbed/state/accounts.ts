/** Everyone is called this at the vendor's own testbed. */
export const everyone = '홍길동';
const openingBalance = 1_000_000;

export type Account = {
  readonly bankCode: string;
  readonly accountNumber: string;
  /** Set when a test seeded the account; otherwise it belongs to whoever asks. */
  holder?: string;
  birth?: string;
  balance: number;
  readonly statement: { at: Date; amount: number; text: string }[];
};

/** Bank accounts. Every number exists from the moment somebody asks for it. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  at(bankCode: string, accountNumber: string): Account {
    const key = `${bankCode}/${accountNumber}`;
    const known = this.#accounts.get(key);
    if (known) return known;
    const opened: Account = { bankCode, accountNumber, balance: openingBalance, statement: [] };
    this.#accounts.set(key, opened);
    return opened;
  }

  move(account: Account, entry: { at: Date; amount: number; text: string }): void {
    account.balance += entry.amount;
    account.statement.push(entry);
  }

  all = (): readonly Account[] => [...this.#accounts.values()];
}

/** `110******890`: how Hecto shows an account. */
export const maskOf = (accountNumber: string): string =>
  accountNumber.slice(0, 3) +
  '*'.repeat(Math.max(accountNumber.length - 6, 0)) +
  accountNumber.slice(3).slice(-3);
