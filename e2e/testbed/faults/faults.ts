import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { dice } from './dice.ts';
import type { PlannedFault } from './kinds.ts';

type Waiting = { readonly fault: PlannedFault; readonly roll: () => number };

/** Faults that wait for requests. The oldest that fits, and hits, is used first. */
export class Faults {
  #waiting: Waiting[] = [];

  plan(fault: PlannedFault): void {
    this.#waiting.push({ fault: { ...fault }, roll: dice(fault.seed ?? 1) });
  }

  /** The fault for this request, if one is planned, used up by one. */
  take(endpoint: EndpointName, orderNumber?: string): PlannedFault | undefined {
    const hit = this.#waiting.find(
      ({ fault, roll }) =>
        (fault.endpoint === endpoint || fault.endpoint === '*') &&
        (fault.orderNumber === undefined || fault.orderNumber === orderNumber) &&
        (fault.probability === undefined || roll() < fault.probability),
    );
    if (!hit) return undefined;
    hit.fault.times -= 1;
    if (hit.fault.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== hit);
    return hit.fault;
  }

  all = (): readonly PlannedFault[] => this.#waiting.map(({ fault }) => fault);
  clear(): void {
    this.#waiting = [];
  }
}
