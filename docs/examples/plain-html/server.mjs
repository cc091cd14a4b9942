// server.mjs
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const { BFF_URL = 'https://bff.example.com', SECRET_KEY, PORT = '3000' } = process.env;
const customer = { id: 'customer-17' }; // whoever is signed in, from your database

async function bff(method, path, body) {
  const headers = {
    authorization: `Bearer ${SECRET_KEY}`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  };
  const url = `${BFF_URL}/v1/onboarding-sessions${path}`;
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body) });
  if (answer.status === 409) return undefined; // the session is over
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}`);
  return answer.json();
}

const routes = {
  // A client token of the session that the customer is in, or of a new one.
  async 'POST /client-tokens'() {
    const same = customer.sessionId && (await bff('POST', `/${customer.sessionId}/client-tokens`, {}));
    const { id, clientToken } = same ?? (await bff('POST', '', { customerId: customer.id }));
    customer.sessionId = id;
    return { clientToken };
  },
  // How it ended. Keep account.accountKey, too: you pay with it.
  async 'GET /account'() {
    if (!customer.sessionId) return { status: 'none' };
    const { status, account } = await bff('GET', `/${customer.sessionId}`);
    return { status, number: account?.maskedNumber };
  },
};

createServer(async ({ method, url }, response) => {
  try {
    const answer = await routes[`${method} ${url}`]?.();
    response.setHeader('content-type', answer ? 'application/json' : 'text/html');
    response.end(answer ? JSON.stringify(answer) : await readFile('index.html'));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}).listen(PORT);
