import { expect, test, vi } from 'vitest';
import { depthOf } from '../flow/back.ts';
import { keepHistory } from './history.ts';

test('from the first step back leaves, from the others it leads over the steps before', () => {
  expect((['terms', 'identity', 'code', 'account', 'ars', 'password', 'done'] as const).map(depthOf)).toEqual(
    [1, 1, 2, 2, 3, 1, 1],
  );
});

test('one entry per step, with nothing in it but its depth; back is told once, forward never', async () => {
  const before = history.length;
  const address = location.href;
  const back = vi.fn();
  const steps = keepHistory(back);
  for (const step of ['terms', 'identity', 'code', 'account', 'ars'] as const) steps.reach(step);
  expect(history.length - before).toBe(3);
  expect([history.state, location.href]).toEqual([{ hecto: 3 }, address]);

  history.back();
  await expect.poll(() => back.mock.calls.length).toBe(1);
  steps.reach('account');
  expect(history.state).toEqual({ hecto: 2 });
  history.forward();
  await expect.poll(() => (history.state as { hecto: number }).hecto).toBe(3);
  expect(back).toHaveBeenCalledTimes(1);

  // Refused: the entry is given again, but only once the customer has pressed something.
  steps.reach('ars');
  history.back();
  await expect.poll(() => back.mock.calls.length).toBe(2);
  expect(history.state).toEqual({ hecto: 2 });
  document.body.click();
  expect(history.state).toEqual({ hecto: 3 });

  // A page that was loaded again knows where it was.
  keepHistory(back).reach('ars');
  expect(history.length - before).toBe(3);
});
