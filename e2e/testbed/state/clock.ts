/** The testbed's time. A test may set it; it goes on from there at the pace of the clock it was built on. */
export class TestbedClock {
  #offset = 0;
  readonly #base: () => Date;

  constructor(base: () => Date) {
    this.#base = base;
  }

  now = (): Date => new Date(this.#base().getTime() + this.#offset);

  /** Makes it `instant` now; `null` goes back to the clock underneath. */
  set(instant: Date | null): void {
    this.#offset = instant ? instant.getTime() - this.#base().getTime() : 0;
  }
}
