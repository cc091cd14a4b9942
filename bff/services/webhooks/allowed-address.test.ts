import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';
import { createAddressRules, type Resolver } from './allowed-address.ts';
import { createWebhookSender } from './send-webhook.ts';

const event = { id: 'evt_1', body: '{}' };
const secrets = [Buffer.alloc(32, 1)];
const at = new Date('2026-11-23T10:00:00+09:00');
const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });

/** What becomes of a webhook to a name that leads to these addresses. */
async function sent(addresses: readonly string[], networks: readonly string[] = [], port = 443) {
  const resolve: Resolver = (_, answer) => answer(null, addresses.map(address));
  const url = `https://shop.example.com:${port}/`;
  const sender = createWebhookSender({ url, secrets, networks }, { connections: 1, timeoutMs: 500, resolve });
  const result = await sender.send(event, at);
  await sender.close();
  return result;
}
const refused = { kind: 'unanswered', error: 'address-refused' };

test.each([
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...[
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.168.0.1',
    '198.18.0.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
  ],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::7f00:1',
    '64:ff9b::a00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
  ],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'ff02::1'],
])('S50 a name that leads to %s is refused', async (inside) => {
  expect(await sent([inside])).toEqual(refused);
});

test('S50 one such address among good ones is enough', async () => {
  expect(await sent(['8.8.8.8', '10.0.0.1'])).toEqual(refused);
});

test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111'])(
  'S50 %s is the internet: allowed at port 443, at no other',
  (outside) => {
    const { refuses } = createAddressRules([]);
    const host = outside.includes(':') ? `[${outside}]` : outside;
    expect(refuses(host, 443)).toBe(false);
    expect(refuses(host, 8443)).toBe(true);
    expect(refuses(host, 25)).toBe(true);
  },
);

// The same address as people hide it; a URL knows only one way to write it.
test.each([
  ...[
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://0',
  ],
  ...['http://[::1]', 'http://[::ffff:7f00:1]', 'http://[::ffff:127.0.0.1]', 'http://①②⑦.⓪.⓪.①'],
])('S50 %s is refused without a name to resolve', async (url) => {
  const sender = createWebhookSender({ url, secrets, networks: [] }, { connections: 1 });
  expect(await sender.send(event, at)).toEqual(refused);
  await sender.close();
});

test('S50 the connection goes to the address that was judged, and a name that changes its mind is refused', async () => {
  const receiver = await WebhookReceiver.start();
  const { port } = new URL(receiver.url);
  const answers = ['127.0.0.1', '10.0.0.1'];
  let asked = 0;
  const resolve: Resolver = (_, answer) => answer(null, [address(answers[asked++] ?? '10.0.0.1')]);
  const url = `http://rebinding.example:${port}/webhooks`;
  const first = createWebhookSender({ url, secrets, networks: ['127.0.0.1'] }, { connections: 1, resolve });
  expect(await first.send(event, at)).toMatchObject({ kind: 'answered' });
  expect(asked).toBe(1);
  await first.close();
  const second = createWebhookSender({ url, secrets, networks: ['127.0.0.1'] }, { connections: 1, resolve });
  expect(await second.send(event, at)).toEqual(refused);
  expect(asked).toBe(2);
  await second.close();
  await receiver.close();
});

test('S50 networks that the operator listed are reached, at any port, and no others', () => {
  const { refuses } = createAddressRules(['10.1.0.0/16', 'fd12::/16', '192.168.7.7']);
  for (const host of ['10.1.2.3', '[fd12::9]', '192.168.7.7']) expect(refuses(host, 8080)).toBe(false);
  for (const host of ['10.2.0.1', '[fd13::9]', '192.168.7.8', '127.0.0.1'])
    expect(refuses(host, 8080)).toBe(true);
});
