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
  readonly #all: Registration[] = [];

  add(registration: Registration): Registration {
    this.#all.push(registration);
    return registration;
  }
  activeAt(customerId: string, bankCode: string, accountNumber: string): Registration | undefined {
    return this.of(customerId).find(
      (one) => !one.ended && one.bankCode === bankCode && one.accountNumber === accountNumber,
    );
  }
  byKey(key: string): Registration | undefined {
    return this.#all.find((one) => one.key === key);
  }
  of(customerId: string): Registration[] {
    return this.#all.filter((one) => one.customerId === customerId);
  }
  endedByInstitution(): Registration[] {
    return this.#all.filter((one) => one.ended?.by === 'institution');
  }
}
