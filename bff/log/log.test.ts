import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';

function capture() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: createLog('debug', () => new Date('2026-11-23T01:00:00Z'), stream) };
}

const at = { requestId: 'req_0123456789abcdef', method: 'GET', status: 200, ms: 1 } as const;

test('a line is JSON with the time of the clock and the fields of its event', () => {
  const { lines, log } = capture();
  log.event('http.answered', { ...at, route: '/v1/onboarding-sessions/:id' });
  expect(JSON.parse(lines[0]!)).toMatchObject({
    event: 'http.answered',
    time: '2026-11-23T01:00:00.000Z',
    ...at,
    route: '/v1/onboarding-sessions/:id',
  });
});

test("S84 what is not of a field's kind is withheld, and what is no field is left out", () => {
  const { lines, log } = capture();
  const sneaky = { ...at, route: '/?name=홍길동', method: '01012345678', name: '홍길동', token: 'st_secret' };
  log.event('http.answered', sneaky as never);
  log.event('hecto.called', {
    endpoint: 'payment',
    kind: 'refused',
    durationMs: 3,
    outRsltCd: '110432109876',
  });
  log.event('security', { what: 'limit-reached', sessionId: '01012345678' });
  expect(lines.join('')).not.toMatch(/홍길동|0101234|st_secret|110432/);
  expect(JSON.parse(lines[0]!)).toMatchObject({ route: '(withheld)', method: '(withheld)', status: 200 });
});

test('S84 a fault is logged by class, code and place, never by its message', () => {
  const { lines, log } = capture();
  const cause = new TypeError('phone 01012345678');
  log.fault(Object.assign(new Error('name 홍길동\n    at 홍길동', { cause }), { code: 'ECONNRESET' }));
  log.fault('홍길동');
  const [line = ''] = lines;
  expect(lines.join('')).not.toMatch(/홍길동|0101234/);
  expect(JSON.parse(line)).toMatchObject({ name: 'Error', code: 'ECONNRESET', cause: 'TypeError' });
  expect((JSON.parse(line) as { frames: string }).frames).toContain('log.test.ts');
});
