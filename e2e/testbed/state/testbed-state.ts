import { EventEmitter } from 'node:events';
import { Accounts, everyone, type Account } from './accounts.ts';
import { Calls } from './calls.ts';
import { TestbedClock } from './clock.ts';
import { Ledger } from './ledger.ts';
import { Limits } from './limits.ts';
import { Maintenance } from './maintenance.ts';
import { Numbers } from './numbers.ts';
import { OwnershipChecks } from './ownership-checks.ts';
import { hectoNumber, Phones, type Message } from './phones.ts';
import { PhoneVerifications } from './phone-verifications.ts';
import { Processing } from './processing.ts';
import { RecurringPayments } from './recurring-payments.ts';
import { Registrations } from './registrations.ts';

export type StateOptions = { clock: () => Date; strictNames: boolean };

/** Everything Hecto, the banks and the customers' phones know. Knows nothing of HTTP. */
export class TestbedState {
  readonly clock: TestbedClock;
  readonly now: () => Date;
  /** Off, every name inquiry says 홍길동 and every name is right, as at the vendor's own testbed. */
  strictNames: boolean;
  /** Says `phone` with a number when something happened on that phone. */
  readonly changes = new EventEmitter<{ phone: [number: string] }>().setMaxListeners(0);

  numbers!: Numbers;
  phones!: Phones;
  phoneVerifications!: PhoneVerifications;
  calls!: Calls;
  accounts!: Accounts;
  registrations!: Registrations;
  ledger!: Ledger;
  processing!: Processing;
  limits!: Limits;
  recurringPayments!: RecurringPayments;
  ownershipChecks!: OwnershipChecks;
  maintenance!: Maintenance;
  passwords!: Map<string, string>;
  readonly #options: StateOptions;

  constructor(options: StateOptions) {
    this.#options = options;
    this.strictNames = options.strictNames;
    this.clock = new TestbedClock(options.clock);
    this.now = this.clock.now;
    this.reset();
  }

  /** Forgets everything, also the time that was set. */
  reset(): void {
    this.clock.set(null);
    this.strictNames = this.#options.strictNames;
    this.numbers = new Numbers(this.now);
    this.phones = new Phones();
    this.phoneVerifications = new PhoneVerifications(this.now);
    this.calls = new Calls(this.now);
    this.accounts = new Accounts();
    this.registrations = new Registrations();
    this.maintenance = new Maintenance(this.now);
    this.ledger = new Ledger(this.now, this.maintenance);
    this.processing = new Processing();
    this.limits = new Limits();
    this.recurringPayments = new RecurringPayments();
    this.ownershipChecks = new OwnershipChecks();
    this.passwords = new Map();
  }

  /** Puts a message on a phone and tells whoever looks at it. */
  text(number: string, kind: Message['kind'], text: string, from = hectoNumber): void {
    this.phones.deliver(number, { id: this.numbers.id('msg'), at: this.now(), from, text, kind });
    this.changes.emit('phone', number);
  }

  /** Whose account it is, as far as this customer is concerned: an account nobody seeded is theirs. */
  holderOf(account: Account, customerId: string): { name: string; birth?: string } {
    if (!this.strictNames) return { name: everyone };
    if (account.holder !== undefined) {
      return { name: account.holder, ...(account.birth === undefined ? {} : { birth: account.birth }) };
    }
    const verified = this.phoneVerifications.doneBy(customerId);
    return verified ? { name: verified.name, birth: verified.birth } : { name: everyone };
  }

  /** Whether the name is the holder's. Spaces and composition do not matter to a bank. */
  isHolder(account: Account, customerId: string, name: string): boolean {
    return !this.strictNames || plainName(name) === plainName(this.holderOf(account, customerId).name);
  }
}

const plainName = (name: string) => name.normalize('NFC').replace(/\s+/g, '').toUpperCase();
