import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { PlannedFault } from './kinds.ts';

/** Faults that wait for requests. The oldest that fits is used first. */
export class Faults {
  #waiting: PlannedFault[] = [];

  plan(fault: PlannedFault): void {
    this.#waiting.push({ ...fault });
  }

  /** The fault for this request, if one is planned, used up by one. */
  take(endpoint: EndpointName): PlannedFault | undefined {
    const fault = this.#waiting.find((one) => one.endpoint === endpoint || one.endpoint === '*');
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== fault);
    return fault;
  }

  all = (): readonly PlannedFault[] => this.#waiting;
  clear(): void {
    this.#waiting = [];
  }
}
