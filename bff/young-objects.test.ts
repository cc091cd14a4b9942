import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** How the room for new objects grows in a process of its own, which keeps some of what it makes. */
function sizesIn(before: string): number[] {
  const program = `
    const { getHeapSpaceStatistics } = await import('node:v8');
    const { giveYoungObjectsRoom } = await import('./bff/young-objects.ts');
    ${before};
    let kept = [];
    const sizes = [];
    for (let at = 0; at < 60_000; at += 1) {
      kept.push({ at, more: [at, at] });
      if (kept.length > 20_000) kept = kept.slice(10_000);
      const { space_size: size } = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
      if (size !== sizes.at(-1)) sizes.push(size);
    }
    process.stdout.write(JSON.stringify(sizes));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
}

test('new objects get all their room at once, not step by step', () => {
  const steps = sizesIn('');
  const atOnce = sizesIn('giveYoungObjectsRoom()');
  expect(atOnce.at(-1)).toBeGreaterThanOrEqual(steps.at(-1)!);
  expect(atOnce.length).toBeLessThan(steps.length);
});
