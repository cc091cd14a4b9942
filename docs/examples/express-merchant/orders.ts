/** Sells: every order is paid from the customer's account, once, whatever happens on the way. */
import { randomUUID } from 'node:crypto';
import { json, Router, type Request } from 'express';
import { BffProblem, type Bff } from './bff.ts';
import { numberOf, orders, type Customer, type Order } from './records.ts';

/** Prices are ours: a page may name an item, never an amount. */
const prices: Readonly<Record<string, number>> = { americano: 4500, latte: 5000 };

/** Answers after which an order may be tried again: refused, not approved by the customer, not sent. */
const nothingMoved = [402, 403, 503];

type Payment = { readonly status: string };
type Deps = { readonly bff: Bff; readonly customerOf: (req: Request) => Customer };

export function orderRoutes({ bff, customerOf }: Deps): Router {
  const router = Router();

  async function pay(order: Order, account: NonNullable<Customer['account']>): Promise<void> {
    const { customerId, amount, item } = order;
    const number = numberOf(order);
    const body = {
      customerId,
      ...account,
      amount,
      orderNumber: number,
      productName: item,
      metadata: { orderId: order.id },
    };
    try {
      const { status } = await bff<Payment>('POST', '/v1/payments', { body, idempotencyKey: number });
      // What is still processing is told by webhook.
      if (status === 'succeeded') order.status = 'paid';
    } catch (error) {
      if (!(error instanceof BffProblem) || !nothingMoved.includes(error.status)) throw error;
      order.status = 'refused';
      order.refusal = error.refusal ?? error.code;
    }
  }

  router.post('/', json(), async (req, res) => {
    const customer = customerOf(req);
    const { item = '' } = req.body as { item?: string };
    const amount = prices[item];
    if (amount === undefined) return void res.status(404).json({ error: 'no such item' });
    if (!customer.account) return void res.status(409).json({ error: 'no account registered' });
    const order: Order = {
      id: randomUUID(),
      customerId: customer.id,
      item,
      amount,
      status: 'waiting',
      tries: 1,
    };
    orders.set(order.id, order); // Before any money moves.
    await pay(order, customer.account);
    res.status(201).json(order);
  });

  /** Tries again: under a new number after a refusal, under the same one where the answer got lost. */
  router.post('/:id/payments', async (req, res) => {
    const customer = customerOf(req);
    const order = orders.get(req.params.id);
    if (!customer.account || order?.customerId !== customer.id) return void res.status(404).end();
    if (order.status === 'paid') return void res.status(409).json(order);
    if (order.status === 'refused')
      Object.assign(order, { status: 'waiting', refusal: undefined, tries: order.tries + 1 });
    await pay(order, customer.account);
    res.status(201).json(order);
  });

  router.get('/:id', (req, res) => {
    const order = orders.get(req.params.id);
    if (order?.customerId !== customerOf(req).id) return void res.status(404).end();
    res.json(order);
  });

  return router;
}
