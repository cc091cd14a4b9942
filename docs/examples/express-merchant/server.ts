/** A merchant's server: customers register an account, buy, and are told what became of it. */
import express from 'express';
import { bankAccountRoutes } from './bank-account.ts';
import { createBff } from './bff.ts';
import { orderRoutes } from './orders.ts';
import { customers, type Customer } from './records.ts';
import { webhookRoute } from './webhooks.ts';

const { BFF_URL = 'http://localhost:4010', SECRET_KEY, WEBHOOK_SECRET, PORT = '3000' } = process.env;
if (!SECRET_KEY || !WEBHOOK_SECRET) throw new Error('SECRET_KEY and WEBHOOK_SECRET are needed.');

/** Whoever is signed in. This shop has one customer, who always is. */
const onlyCustomer: Customer = { id: 'customer-17', phone: '01012345678' };
customers.set(onlyCustomer.id, onlyCustomer);
const customerOf = () => onlyCustomer;

const bff = createBff(BFF_URL, SECRET_KEY);
express()
  .disable('x-powered-by')
  .use('/bank-account', bankAccountRoutes({ bff, customerOf }))
  .use('/orders', orderRoutes({ bff, customerOf }))
  .use('/webhooks', webhookRoute(WEBHOOK_SECRET))
  // Where the hosted page leads back to.
  .get(
    '/',
    (_req, res) => void res.send(onlyCustomer.account ? 'Your account is registered.' : 'No account yet.'),
  )
  .listen(Number(PORT), '127.0.0.1');
