/** Listens to the BFF: what happened while no page of ours was looking. */
import { raw, Router } from 'express';
import { Webhook } from 'standardwebhooks';
import { customers, heard, numberOf, orders } from './records.ts';

type Account = { readonly bankCode: string; readonly accountKey: string };
type Payment = {
  readonly orderNumber: string;
  readonly metadata?: { readonly orderId?: string };
  readonly failure?: { readonly code: string };
};
/** The events that this shop acts upon. There are more: pass over what you do not know. */
type Event =
  | { type: 'onboarding.completed'; data: { readonly customerId: string; readonly account: Account } }
  | { type: 'account.cancelled'; data: { readonly customerId?: string; readonly accountKey?: string } }
  | { type: 'payment.succeeded' | 'payment.failed'; data: Payment };

export function webhookRoute(secret: string): Router {
  const webhook = new Webhook(secret);
  // The signature covers the bytes that came: no other middleware may read them first.
  return Router().post('/', raw({ type: () => true }), (req, res) => {
    const header = (name: string) => req.get(name) ?? '';
    const id = header('webhook-id');
    let event: Event;
    try {
      event = webhook.verify(req.body as Buffer, {
        'webhook-id': id,
        'webhook-timestamp': header('webhook-timestamp'),
        'webhook-signature': header('webhook-signature'),
      }) as Event;
    } catch {
      return void res.status(400).end();
    }
    if (!heard.has(id)) actUpon(event);
    heard.add(id);
    res.status(204).end();
  });
}

function actUpon({ type, data }: Event): void {
  switch (type) {
    case 'onboarding.completed': {
      const { bankCode, accountKey } = data.account;
      const customer = customers.get(data.customerId);
      if (customer) customer.account = { bankCode, accountKey };
      return;
    }
    case 'account.cancelled': {
      const customer = customers.get(data.customerId ?? '');
      if (customer?.account?.accountKey === data.accountKey) delete customer?.account;
      return;
    }
    case 'payment.succeeded':
    case 'payment.failed': {
      const order = orders.get(data.metadata?.orderId ?? '');
      // A late word about an earlier try says nothing about this one.
      if (!order || numberOf(order) !== data.orderNumber) return;
      order.status = type === 'payment.succeeded' ? 'paid' : 'refused';
      order.refusal = data.failure?.code;
    }
  }
}
