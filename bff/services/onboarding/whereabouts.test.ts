import { expect, test } from 'vitest';
import { whereabouts } from './verify-phone.ts';

test.each([
  ['203.0.113.10', '203.0.113.10', '203.0.113'],
  ['::ffff:203.0.113.10', '203.0.113.10', '203.0.113'],
  ['2001:db8:1:2ff::1', '2001:0db8:0001:02', '2001:0db8:0001'],
  ['2001:DB8:1:2AB:9:8:7:6', '2001:0db8:0001:02', '2001:0db8:0001'],
  ['2001:db8:1:3ff::1', '2001:0db8:0001:03', '2001:0db8:0001'],
  ['2001:db8::1', '2001:0db8:0000:00', '2001:0db8:0000'],
  ['::1', '0000:0000:0000:00', '0000:0000:0000'],
])('S62 %s is counted as %s and as %s', (from, address, network) => {
  expect(whereabouts(from)).toEqual({ address, network });
});
