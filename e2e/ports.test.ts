import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { firstTakenPort, freePort } from './ports.ts';

test('a taken port is found and named, a free one is not', async () => {
  const [free, taken] = [await freePort(), await freePort()];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
  expect(await firstTakenPort([free, taken])).toBe(taken);
  await new Promise((resolve) => server.close(resolve));
  expect(await firstTakenPort([free, taken])).toBeUndefined();
});
