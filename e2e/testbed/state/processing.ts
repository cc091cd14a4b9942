import type { EndpointName } from '../../../shared/hecto/endpoints.ts';

/** The calls whose orders may take a while. */
export const orderCalls = ['payment', 'recurringPaymentApproval', 'paymentCancel', 'remittance'] as const;
export type OrderCall = (typeof orderCalls)[number] & EndpointName;

/** How an order is taken in now and becomes final later. */
export type Delay = {
  /** Of the testbed's clock. */
  readonly seconds: number;
  /** The code it ends with; without one the bank decides then as it would have now. */
  readonly outcome?: string | undefined;
  /** The pending code answered, `0000` for that as `outStatCd`, or `lost` for no answer at all. */
  readonly answer?: string | undefined;
};

export type PlannedDelay = Delay & {
  readonly endpoint: OrderCall | '*';
  /** The order it is for; any, if absent. */
  readonly orderNumber?: string | undefined;
  times: number;
};

/** Delays that wait for orders. The oldest that fits is used first. */
export class Processing {
  #waiting: PlannedDelay[] = [];

  plan(delay: PlannedDelay): void {
    this.#waiting.push({ ...delay });
  }
  take(call: OrderCall, order: string): Delay | undefined {
    const delay = this.#waiting.find(
      ({ endpoint, orderNumber = order }) => (endpoint === call || endpoint === '*') && orderNumber === order,
    );
    if (!delay) return undefined;
    delay.times -= 1;
    if (delay.times <= 0) this.#waiting = this.#waiting.filter((one) => one !== delay);
    return delay;
  }
  all = (): readonly PlannedDelay[] => this.#waiting;
}
