import type { IncomingMessage, ServerResponse } from 'node:http';
import express from 'express';
import { expect, test } from 'vitest';
import { closeGracefully, createHttpServer, listen } from './server.ts';

/** What the prototypes of one request and its response are when Node has made them, and when Express has them in hand. */
async function prototypesIn({ levers }: { levers: boolean }) {
  const seen: { born: object[]; handled: object[] } = { born: [], handled: [] };
  const prototypesOf = (req: IncomingMessage, res: ServerResponse) =>
    [req, res].map((of) => Object.getPrototypeOf(of) as object);
  const app = express().get('/', (req, res) => {
    seen.handled = prototypesOf(req, res);
    res.json({ host: req.hostname });
  });
  const server = createHttpServer(app, { levers });
  server.prependListener('request', (req, res) => (seen.born = prototypesOf(req, res)));
  const port = await listen(server, 0, '127.0.0.1');
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await answer.json()).toEqual({ host: '127.0.0.1' });
  } finally {
    await closeGracefully(server, 1_000);
  }
  expect(seen.handled[0]).toBe(app.request);
  expect(seen.handled[1]).toBe(app.response);
  return seen.born.map((prototype, at) => prototype === seen.handled[at]);
}

test('Node makes requests and responses with the prototypes that Express gives them', async () => {
  expect(await prototypesIn({ levers: true })).toEqual([true, true]);
  expect(await prototypesIn({ levers: false })).toEqual([false, false]);
});
