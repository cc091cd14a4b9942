/**
 * What the customer typed at a step, so that coming back does not mean typing it again (A07). Held in memory only and
 * by the service of this one onboarding: it goes when that goes, and never reaches any storage.
 */
export class Drafts<T extends object> {
  readonly #drafts = new WeakMap<object, T>();

  /** The draft of this onboarding; `first` makes it when there is none yet. */
  of(service: object, first: () => T): T {
    const draft = this.#drafts.get(service) ?? first();
    this.#drafts.set(service, draft);
    return draft;
  }
}
