import { afterAll, beforeAll, expect, test } from 'vitest';
import { System } from '../../services/testing/start-system.ts';

let system: System;
beforeAll(async () => {
  system = await System.start();
});
afterAll(() => system.stop());

async function report(body: unknown, type = 'application/csp-report'): Promise<number> {
  const response = await fetch(`${system.url()}/policy-reports`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return response.status;
}
const broken = () =>
  system.log
    .join('')
    .split('\n')
    .filter((line) => line.includes('"page.policy-broken"'));
const reportOf = (change: object) => ({
  'csp-report': {
    'document-uri': 'https://bff.example.com/onboarding/obs_canary',
    'blocked-uri': 'https://evil.example/?name=canary',
    'script-sample': 'canary',
    ...change,
  },
});

test('S24 a browser’s report leaves the directive in the log and nothing else of it', async () => {
  expect(await report(reportOf({ 'effective-directive': 'script-src-elem' }))).toBe(204);
  expect(await report(reportOf({ 'violated-directive': "img-src 'self' data:" }))).toBe(204);
  expect(await report(reportOf({ 'effective-directive': 'canary' }))).toBe(204);
  expect(broken().map((line) => (JSON.parse(line) as { directive: string }).directive)).toEqual([
    ...['script-src-elem', 'img-src', 'other'],
  ]);
  expect(system.log.join('')).not.toMatch(/canary|evil/);
});

test('S24 what is no report is refused as anywhere else', async () => {
  expect(await report('{}', 'text/plain')).toBe(415);
  expect(await report('{')).toBe(400);
  expect(await report(`{"a":"${'x'.repeat(17_000)}"}`)).toBe(413);
  for (const odd of [null, [], 1, '"x"', { 'csp-report': null }, { 'csp-report': 1 }, {}])
    expect(await report(odd)).toBe(204);
  expect((await fetch(`${system.url()}/policy-reports`)).status).toBe(405);
});

test('S24 a flood of reports does not fill the log', async () => {
  system.pass(120);
  const before = broken().length;
  await Promise.all(
    Array.from({ length: 300 }, () => report(reportOf({ 'effective-directive': 'img-src' }))),
  );
  expect(broken().length - before).toBeLessThanOrEqual(120); // a minute may end meanwhile
});
