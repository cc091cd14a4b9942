import { Groups } from './groups.ts';

export type Registration = {
  readonly key: string;
  readonly customerId: string;
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly at: Date;
  readonly trdNo: string;
  ended?: { at: Date; by: 'merchant' } | { at: Date; by: 'institution'; institution: string; reason: string };
};

/** Which accounts may be drawn from, and by whom. */
export class Registrations {
  readonly #byKey = new Map<string, Registration>();
  readonly #byCustomer = new Groups<Registration>();

  add(registration: Registration): Registration {
    this.#byKey.set(registration.key, registration);
    this.#byCustomer.add(registration.customerId, registration);
    return registration;
  }
  activeAt(customerId: string, bankCode: string, accountNumber: string): Registration | undefined {
    return this.of(customerId).find(
      (one) => !one.ended && one.bankCode === bankCode && one.accountNumber === accountNumber,
    );
  }
  byKey = (key: string): Registration | undefined => this.#byKey.get(key);
  of = (customerId: string): readonly Registration[] => this.#byCustomer.of(customerId);
  endedByInstitution(): Registration[] {
    return [...this.#byKey.values()].filter((one) => one.ended?.by === 'institution');
  }
}
