import { setTimeout as sleep } from 'node:timers/promises';
import type { MerchantAnswer } from '../merchant-server.ts';
import { paymentOf, refundOf, remittanceOf, type Deed } from './deeds.ts';
import type { Scene } from './scene.ts';

/** A request and the answer that the merchant's server took for its last word. */
export type Done = { readonly deed: Deed; readonly answer: MerchantAnswer };

export type Clients = {
  /** Everything that was asked for, with its answer. */
  readonly done: Done[];
  /** Resolves when all of them have finished. */
  readonly finished: Promise<unknown>;
};

type Plan = {
  readonly payments: number;
  /** How many are at work at the same time. */
  readonly clients: number;
  readonly instances: number;
  /** Every third payment is refunded in part, every fifth is followed by a remittance. */
  readonly remittances?: boolean;
  /** No new payment is begun after that. */
  readonly stop?: () => boolean;
};

/** A merchant's server at work: many payments at once, each repeated with its key until there is an answer. */
export async function clientsOf(scene: Scene, plan: Plan): Promise<Clients> {
  const customers: Awaited<ReturnType<Scene['merchant']['customerWithAccount']>>[] = [];
  for (let count = 0; count < plan.clients; count += 1)
    customers.push(await scene.merchant.customerWithAccount());
  const done: Done[] = [];
  let begun = 0;

  /** On another instance when this one is gone; later when it asks for that. */
  async function insist(deed: Deed): Promise<MerchantAnswer> {
    for (let tries = begun; ; tries += 1) {
      const answer = await scene.ask(deed, tries % plan.instances).catch(() => undefined);
      if (answer && answer.status !== 409 && answer.status !== 503) {
        done.push({ deed, answer });
        return answer;
      }
      // What ended without Hecto hearing of it has its last word, too.
      if (answer?.body['instance'] !== undefined) {
        done.push({ deed, answer });
        return answer;
      }
      await sleep(20);
    }
  }

  async function client(customer: (typeof customers)[number]): Promise<void> {
    while (begun < plan.payments && !plan.stop?.()) {
      begun += 1;
      const number = begun;
      const { body, status } = await insist(paymentOf(customer, 100));
      if (number % 3 === 0 && status === 201)
        await insist(refundOf(String(body['id']), customer.customerId, 40));
      if (plan.remittances && number % 5 === 0)
        await insist(remittanceOf(customer.customerId, customer.accountNumber, 30));
    }
  }

  return { done, finished: Promise.all(customers.map(client)) };
}
