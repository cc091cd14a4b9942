import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import { kstDay } from '../../../shared/values/kst.ts';
import { chargeBody, createPaymentBody, refundBody } from '../../../shared/api/merchant/payments.ts';
import { registrationBody } from '../../../shared/api/merchant/registrations.ts';
import { remittanceBody } from '../../../shared/api/merchant/remittances.ts';
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- for tests only: they need Hecto's side
import { judge } from '../../../e2e/testbed/rules/rules.ts';
import { Problem } from '../../http/problem.ts';
import type { Intent, NewIntent } from '../../store/intents.ts';
import { statusOf } from '../money/intent-views.ts';
import type { Placed, Placing } from '../money/place-intent.ts';
import {
  chargeWish,
  paymentWish,
  refundWish,
  registrationWish,
  remittanceWish,
  type Asked,
} from '../money/wishes.ts';
import { Crash, onlyCrashes, type MoneyWorld } from './money-world.ts';
import type { Mishap, Step, Story } from './money-story.ts';

/** Of those that stay open latest: until 23:50 in Korea. */
export const bankCode = '004';

/** What a request came to: an intent, a refusal by name, or nothing because the process died. */
export type Told =
  | { readonly intent: Intent; readonly replayed: boolean }
  | { readonly problem: Problem['code'] }
  | { readonly died: true };

/** A request of the merchant's, which may come again. */
export type Asking = {
  readonly key: string;
  readonly body: object;
  readonly endpoint: EndpointName;
  /** Ours if the merchant gave none. The first of all equal requests has it. */
  readonly orderNumber: string;
  readonly mishap: Mishap;
  readonly ask: (placing: Placing, key: string, body: object) => Promise<Placed>;
  readonly told: Told[];
};

type Customer = {
  readonly id: string;
  readonly accountKey: string;
  readonly accountNumber: string;
  readonly recurringKey: string;
};

let stories = 0;

/** Plays a story in a world, as the merchant's server and as the weather, and remembers what the merchant was told. */
export class MoneyPlayer {
  readonly world: MoneyWorld;
  readonly customers: readonly Customer[];
  readonly stranger = 'a-stranger';
  readonly asked: Asking[] = [];
  readonly #name: string;
  #registrations = 0;

  constructor(world: MoneyWorld) {
    this.world = world;
    this.#name = `S${(stories += 1)}`;
    this.customers = [0, 1].map((index) => this.#open(`${this.#name}-${index}`, `110123456${400 + index}`));
    this.#open(this.stranger, '110123456409');
  }

  /** An account at the bank that is registered already, and a recurring payment from it. */
  #open(id: string, accountNumber: string): Customer {
    const { registrations, recurringPayments } = this.world.testbed.state;
    const customer = { id, accountKey: `key-of-${id}`, accountNumber, recurringKey: `recurring-of-${id}` };
    const account = { customerId: id, bankCode, accountNumber };
    registrations.add({ ...account, key: customer.accountKey, at: this.world.now(), trdNo: `REG-${id}` });
    const period = { from: '20260101', until: '20991231', firstAmount: 1 };
    const { accountKey, recurringKey: key } = customer;
    recurringPayments.begin({ ...account, ...period, key, accountKey });
    return customer;
  }

  async play({ steps }: Story): Promise<void> {
    for (const step of steps) await this.#take(step);
  }

  async #take(step: Step): Promise<void> {
    const { world } = this;
    const { faults, state } = world.testbed;
    switch (step.do) {
      case 'pay':
      case 'charge':
      case 'remit':
      case 'register':
      case 'refund': {
        const asking = await this.prepare(step);
        if (!asking) return;
        this.asked.push(asking);
        this.#befall(asking, step);
        world.crashAt = step.crash;
        const twins = step.twin ? [0, 1] : [this.asked.length % 2];
        await Promise.all(twins.map((instance) => this.send(asking, instance)));
        world.crashAt = undefined;
        return;
      }
      case 'repeat': {
        const asking = this.#pick(step.of);
        if (!asking) return;
        const { endpoint, mishap, orderNumber, ask, body, key } = asking;
        const changed = {
          same: { key, body },
          'other-body': { key, body: { ...body, metadata: { changed: 'yes' } } },
          'other-key': { key: `${key}-again`, body: { ...body, orderNumber } },
        }[step.how];
        const again =
          step.how === 'same' ? asking : { endpoint, mishap, orderNumber, ask, ...changed, told: [] };
        await this.send(again, 1);
        // A first request that died before it was committed leaves its order number to whoever comes next.
        if (step.how !== 'same') this.asked.push(again);
        return;
      }
      case 'inquire': {
        const asking = this.#pick(step.of);
        if (asking) await this.inquireIfOpen(asking);
        return;
      }
      case 'crash':
        world.crashAt = step.at;
        return;
      case 'pass':
        return world.pass(step.seconds);
      case 'storm':
        faults.plan({ endpoint: '*', kind: step.kind, works: false, times: 1e6, delayMs: 0 });
        return;
      case 'fog':
        for (const endpoint of ['transactionResult', 'transactionHistory', 'accountList'] as const)
          faults.plan({
            endpoint,
            kind: step.kind,
            times: 1e6,
            delayMs: 0,
            probability: 0.5,
            seed: step.seed,
          });
        return;
      case 'sleep':
        return world.pass(step.seconds, 0);
      case 'unplug':
        world.unplugged = true;
        return;
      case 'fair':
        world.unplugged = false;
        faults.clear();
        return;
      case 'bank-closes': {
        const from = new Date(world.now().getTime() + step.after * 1000);
        state.maintenance.close(bankCode, from, new Date(from.getTime() + step.seconds * 1000));
        return;
      }
    }
  }

  #pick = (of: number): Asking | undefined => this.asked[of % Math.max(1, this.asked.length)];

  /** Sends a request to an instance and writes down what it was told. */
  async send(asking: Asking, instance: number): Promise<Told> {
    const { placing } = this.world.instances[instance % 2 === 0 ? 0 : 1];
    const told = await asking.ask(placing, asking.key, asking.body).catch((error: unknown): Told => {
      if (error instanceof Problem) return { problem: error.code };
      if (error instanceof Crash) return { died: true };
      throw error;
    });
    asking.told.push(told);
    return told;
  }

  /** The intent that a request made, by its key, without asking for anything. */
  async intentOf({ orderNumber }: Pick<Asking, 'orderNumber'>): Promise<Intent | undefined> {
    const kinds = ['payment', 'charge', 'refund', 'remittance', 'registration'] as const;
    const [intent] = await this.world.store.intents.list({ kinds, orderNumber }, 1);
    return intent;
  }

  /** As the merchant's person may ask at any time. */
  async inquireIfOpen(asking: Asking): Promise<void> {
    const intent = await this.intentOf(asking);
    if (intent?.state === 'unknown' || intent?.state === 'needs_review')
      await this.world.instances[1].askWhatBecame(intent).catch(onlyCrashes);
  }

  /** A request that is still to be sent; nothing for a refund of what was never paid. */
  async prepare(step: Extract<Step, { mishap: Mishap }>): Promise<Asking | undefined> {
    const number = `${this.#name}-${this.asked.length}`;
    const { mishap } = step;
    const common = { key: `key-${number}`, orderNumber: number, mishap, told: [] };
    const asks = (name: string, key: string): Asked => ({
      requestKey: `${name} ${key}`,
      now: this.world.now(),
    });
    const placing =
      (wishOf: (key: string, body: object) => NewIntent): Asking['ask'] =>
      (to, key, body) =>
        to.place(wishOf(key, body));
    switch (step.do) {
      case 'pay': {
        const { id: customerId, accountKey } = this.#customer(step.customer);
        return {
          ...common,
          endpoint: 'payment',
          body: { customerId, accountKey, bankCode, amount: step.amount, orderNumber: number },
          ask: placing((key, body) => paymentWish(createPaymentBody.parse(body), asks('createPayment', key))),
        };
      }
      case 'charge': {
        const { id: customerId, recurringKey } = this.#customer(step.customer);
        return {
          ...common,
          endpoint: 'recurringPaymentApproval',
          body: { customerId, amount: step.amount, orderNumber: number },
          ask: placing((key, body) =>
            chargeWish(recurringKey, chargeBody.parse(body), asks('createCharge', key)),
          ),
        };
      }
      case 'remit': {
        const { id: customerId, accountNumber } = this.#customer(step.customer);
        const to = { customerId, bankCode, accountNumber, passbookText: '환급' };
        return {
          ...common,
          endpoint: 'remittance',
          body: { ...to, amount: step.amount, orderNumber: number },
          ask: placing((key, body) =>
            remittanceWish(remittanceBody.parse(body), asks('createRemittance', key)),
          ),
        };
      }
      case 'register': {
        const { id: customerId } = this.#customer(step.customer);
        // No two of them look alike behind Hecto's stars.
        const index = (this.#registrations += 1);
        const holder = { holderName: '홍길동', holderIdentity: '920315', approval: { method: 'written' } };
        return {
          ...common,
          endpoint: 'accountRegistration',
          body: {
            ...{ bankCode, accountNumber: `${200 + index}123456${500 + index}`, orderNumber: number },
            ...holder,
          },
          ask: placing((key, body) =>
            registrationWish(
              customerId,
              registrationBody.parse(body),
              undefined,
              asks('registerAccount', key),
            ),
          ),
        };
      }
      case 'refund': {
        const paid = this.asked.filter(({ endpoint }) => withdraws(endpoint));
        const of = paid[step.of % Math.max(1, paid.length)];
        const payment = of && (await this.intentOf(of));
        if (!payment?.amount) return undefined;
        const amount = { part: payment.amount / 4, rest: undefined, 'too-much': payment.amount + 1 }[
          step.share
        ];
        return {
          ...common,
          endpoint: 'paymentCancel',
          body: { amount, orderNumber: number },
          ask: async (to, key, body) => this.#refund(to, payment.id, body, asks('createRefund', key)),
        };
      }
    }
  }

  #customer = (index: number): Customer => this.customers[index % this.customers.length]!;

  /** As the route does it. */
  async #refund(placing: Placing, paymentId: string, body: object, asked: Asked): Promise<Placed> {
    const { intents } = this.world.store;
    const payment = (await intents.read(paymentId))!;
    const { wish, withAmount } = refundWish(payment, refundBody.parse(body), asked);
    return placing.settleOn(
      await intents.replayOf(wish),
      async () => {
        if (statusOf(payment) !== 'succeeded') throw new Problem('not-refundable');
        const created = await intents.createRefund(wish, withAmount, this.world.now());
        if (created.kind === 'too-much') throw new Problem('not-refundable');
        return created;
      },
      'paymentCancel',
    );
  }

  /** Prepares Hecto's side for what is to befall a request. */
  #befall({ endpoint, orderNumber, mishap }: Asking, step: Step): void {
    const { faults, state } = this.world.testbed;
    switch (mishap.what) {
      case 'nothing':
        return;
      case 'fault': {
        const { kind, works, delayMs } = mishap;
        faults.plan({ endpoint, orderNumber, kind, works, delayMs, times: 1 });
        return;
      }
      case 'processing': {
        const { seconds, outcome, answer } = mishap;
        if (endpoint === 'accountRegistration' || !isOrderCall(endpoint)) return;
        state.processing.plan({ endpoint, orderNumber, seconds, outcome, answer, times: 1 });
        return;
      }
      case 'number-taken': {
        // Of a remittance Hecto tells no amount: whose it was cannot be found out once the first answer is lost.
        if (endpoint === 'remittance' || endpoint === 'accountRegistration') return;
        const amount = 'amount' in step ? step.amount : 0;
        if (mishap.processing)
          state.processing.plan({ endpoint: 'payment', orderNumber, seconds: 100, times: 1 });
        const { date, time } = stampAt(this.world.now());
        judge(
          'payment',
          {
            ...{ mchtId: 'midtest', mchtTrdNo: orderNumber, mchtCustId: this.stranger, bankCd: bankCode },
            ...{ reqDt: date, reqTm: time, trdAmt: String(amount + 500) },
          },
          state,
        );
        if (mishap.lost)
          faults.plan({ endpoint, orderNumber, kind: 'lost-answer', works: true, times: 1, delayMs: 0 });
        return;
      }
    }
  }
}

export const withdraws = (endpoint: EndpointName): boolean =>
  endpoint === 'payment' || endpoint === 'recurringPaymentApproval';

const orderCalls = ['payment', 'recurringPaymentApproval', 'paymentCancel', 'remittance'] as const;
const isOrderCall = (endpoint: EndpointName): endpoint is (typeof orderCalls)[number] =>
  orderCalls.some((call) => call === endpoint);

const stampAt = (now: Date) => ({ date: kstDay(now), time: '120000' });
