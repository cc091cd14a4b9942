/** Everyone is called this at the vendor's own testbed. */
export const everyone = '홍길동';
const openingBalance = 1_000_000;

/** One movement on an account; of an order, when one moved it. */
export type Entry = {
  readonly at: Date;
  readonly amount: number;
  readonly text: string;
  readonly orderNumber?: string;
};

/** Money and how it came there: `opening` and the statement add up to `balance`, always. */
export type Purse = { opening: number; balance: number; readonly statement: Entry[] };

export type Account = Purse & {
  readonly bankCode: string;
  readonly accountNumber: string;
  /** Set when a test seeded the account; otherwise it belongs to whoever asks. */
  holder?: string;
  birth?: string;
};

export const openPurse = (opening: number): Purse => ({ opening, balance: opening, statement: [] });

export function move(purse: Purse, entry: Entry): void {
  purse.balance += entry.amount;
  purse.statement.push(entry);
}

/** Makes the balance what a test wants: the opening one as long as nothing moved, an adjustment afterwards. */
export function setBalance(purse: Purse, balance: number, at: Date): void {
  if (purse.statement.length > 0) move(purse, { at, amount: balance - purse.balance, text: '잔액 조정' });
  else purse.opening = purse.balance = balance;
}

/** Bank accounts. Every number exists from the moment somebody asks for it. */
export class Accounts {
  readonly #accounts = new Map<string, Account>();

  at(bankCode: string, accountNumber: string): Account {
    const key = `${bankCode}/${accountNumber}`;
    const known = this.#accounts.get(key);
    if (known) return known;
    const opened: Account = { bankCode, accountNumber, ...openPurse(openingBalance) };
    this.#accounts.set(key, opened);
    return opened;
  }

  all = (): readonly Account[] => [...this.#accounts.values()];
}

/** `110******890`: how Hecto shows an account. */
export const maskOf = (accountNumber: string): string =>
  accountNumber.slice(0, 3) +
  '*'.repeat(Math.max(accountNumber.length - 6, 0)) +
  accountNumber.slice(3).slice(-3);
