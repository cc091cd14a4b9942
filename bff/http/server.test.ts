import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeGracefully, createHttpServer, listen } from './server.ts';

describe('R17 a server that stops while a proxy holds connections to it', () => {
  let server: ReturnType<typeof createHttpServer>;
  let port: number;
  /** Holds one connection and sends everything on it. */
  let proxy: Agent;
  let waiting: ServerResponse[];

  beforeEach(async () => {
    waiting = [];
    const app = express().use((req, res) => {
      if (req.url === '/wait') waiting.push(res);
      else res.end('done');
    });
    server = createHttpServer(app);
    port = await listen(server, 0, '127.0.0.1');
    proxy = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    proxy.destroy();
    await closeGracefully(server, 0);
  });

  async function ask(path: string, agent = proxy): Promise<IncomingMessage> {
    const request = get({ port, host: '127.0.0.1', path, agent });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response;
  }

  test('answers what is sent on an idle one, as the last thing on it, and takes no new one', async () => {
    expect((await ask('/')).headers.connection).toBe('keep-alive');
    const begun = performance.now();
    const closing = closeGracefully(server, 10_000, { idleMs: 10_000 });
    const answer = await ask('/');
    expect([answer.statusCode, answer.headers.connection]).toEqual([200, 'close']);
    await expect(ask('/', new Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await closing).toBe(true);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('ends one with the answer that was under way, so that nothing more is sent on it', async () => {
    const answer = ask('/wait');
    await expect.poll(() => waiting.length).toBe(1);
    const closing = closeGracefully(server, 10_000, { idleMs: 10_000 });
    waiting[0]!.end('late');
    expect((await answer).headers.connection).toBe('close');
    expect(await closing).toBe(true);
  });

  test('breaks an idle one only when its time is up', async () => {
    await ask('/');
    const begun = performance.now();
    expect(await closeGracefully(server, 10_000, { idleMs: 700 })).toBe(true);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(700);
    expect(performance.now() - begun).toBeLessThan(4_000);
  });

  test('does not wait for ever', async () => {
    ask('/wait').catch(() => undefined);
    await expect.poll(() => waiting.length).toBe(1);
    expect(await closeGracefully(server, 300)).toBe(false);
  });
});
