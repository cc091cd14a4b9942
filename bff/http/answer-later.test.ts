import { once } from 'node:events';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import type { Gone } from '../store/session-changes.ts';
import { answerErrors } from './answer-errors.ts';
import { answerLater } from './answer-later.ts';
import { Problem, sendJson } from './problem.ts';
import { requestId } from './request-id.ts';
import { apiHeaders } from './security-headers.ts';
import { closeGracefully, createHttpServer } from './server.ts';

const lines: Record<string, unknown>[] = [];
const log = createLog(
  'info',
  () => new Date(),
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trim().split('\n'))
        lines.push(JSON.parse(line) as Record<string, unknown>);
      done();
    },
  }),
);
const logged = (event: string) => {
  log.flush();
  return lines.filter((line) => line['event'] === event);
};

/** What the last request waits for, and whether somebody still does. */
let waiting: { resolve(found: number): void; reject(error: unknown): void };
let gone: Gone;
const sessionId = `obs_${'a'.repeat(24)}`;

const refuse = answerErrors(log);
const app = express();
app.use(requestId(log), apiHeaders(), (_req, res, next) => {
  res.vary('Origin').set('Link', ['<a>; rel=a', '<b>; rel=b']);
  res.locals['session'] = { id: sessionId, journey: 'a large one' };
  next();
});
app.get('/at-once', (_req, res) => sendJson(res, 200, { found: 1 }));
app.get('/later', (req, res) =>
  answerLater<number>(req, res, {
    find: (who) => {
      gone = who;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    answer(response, found) {
      if (found === 404) throw new Problem('not-found');
      sendJson(response, 200, { found });
    },
    refuse,
  }),
);
app.use(refuse);

const server = createHttpServer(app);
let url: string;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => closeGracefully(server, 1_000));

/** Asks, and goes on once the server has begun to wait. */
async function ask(path = '/later') {
  const before = gone;
  const answer = fetch(url + path);
  while (gone === before) await new Promise(setImmediate);
  return { answer };
}

const headersOf = (response: Response) =>
  [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)).sort();

test('an answer that was waited for has every header of one that comes at once', async () => {
  const atOnce = await fetch(`${url}/at-once`);
  const first = await ask();
  const firstWaiting = waiting;
  const second = await ask();
  waiting.resolve(2);
  firstWaiting.resolve(1);
  const answers = [await first.answer, await second.answer];
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(headersOf(answer)).toEqual(headersOf(atOnce));
    expect(answer.headers.get('link')).toBe('<a>; rel=a, <b>; rel=b');
    expect(answer.headers.get('x-request-id')).toMatch(/^req_/);
  }
  const [one, two] = answers.map(({ headers }) => headers.get('x-request-id'));
  expect(one).not.toBe(two);
  expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([{ found: 1 }, { found: 2 }]);
});

test('the line in the log is the one of every request', async () => {
  const { answer } = await ask('/later?secret=1');
  waiting.resolve(1);
  const response = await answer;
  await response.text();
  const line = logged('http.answered').find(
    ({ requestId: id }) => id === response.headers.get('x-request-id'),
  );
  expect(line).toMatchObject({ method: 'GET', route: '/later', status: 200, sessionId });
  expect(JSON.stringify(line)).not.toMatch(/secret|large/);
});

test('what goes wrong meanwhile, or while answering, is answered as everywhere', async () => {
  const refused = await ask();
  waiting.reject(new Problem('session-invalid'));
  const answer = await refused.answer;
  const id = answer.headers.get('x-request-id');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toMatchObject({ code: 'session-invalid', requestId: id });

  const missing = await ask();
  waiting.resolve(404);
  expect((await missing.answer).status).toBe(404);

  const broken = await ask();
  waiting.reject(new Error('inner text'));
  const bare = await broken.answer;
  expect(bare.status).toBe(500);
  expect(await bare.text()).not.toContain('inner');
  expect(logged('fault')).toHaveLength(1);
});

test('whoever goes away is not waited for, and nothing is made of what comes then', async () => {
  const faults = logged('fault').length;
  const before = gone;
  const request = get(`${url}/later`).on('error', () => undefined);
  while (gone === before) await new Promise(setImmediate);
  const told = new Promise<void>((resolve) => (gone.tell = resolve));
  request.destroy();
  await told;
  expect(gone.happened).toBe(true);
  waiting.reject(new Error('too late'));
  await new Promise(setImmediate);
  expect(logged('fault')).toHaveLength(faults);
});
