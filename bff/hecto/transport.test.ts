import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import golden from '../../shared/hecto/vectors.json' with { type: 'json' };
import { createHectoClient, type HectoClient } from './client.ts';
import { NotSent, Unknown } from './errors.ts';
import { httpAnswer, httpServer, listen, rawServer } from './test-server.ts';
import { selfSigned } from './test-certificate.ts';
import { createTransport, defaultTimeouts, largestAnswer } from './transport.ts';

const payment = { mchtTrdNo: 'O1', mchtCustId: 'cust-1', trdAmt: '1000', bankCd: '088' };
const inquiry = { pktDivCd: 'RP', mchtTrdNo: 'O1', mchtTrdDt: '20261123' };
const accepted = JSON.stringify({ outStatCd: '0021', outRsltCd: '0000' });

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});
const kept = <T extends { close(): Promise<void> }>(server: T): T => {
  open.push(() => server.close());
  return server;
};

const clientOf = (baseUrl: string, timeouts = { connectMs: 5_000, totalMs: 10_000 }): HectoClient =>
  kept(
    createHectoClient({ ...golden.keys, baseUrl, merchantId: 'midtest', clock: () => new Date(), timeouts }),
  );

const hurried = { connectMs: 400, totalMs: 700 };

/** The error of a call and how long it took. */
async function failing(call: Promise<unknown>) {
  const begun = performance.now();
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, took: performance.now() - begun };
}

test('Hecto gets 30 seconds to answer, so we wait 32 in all and 3 for a connection', () => {
  expect(defaultTimeouts).toEqual({ connectMs: 3_000, totalMs: 32_000 });
});

describe('certainly not sent', () => {
  test('R22 nobody listens', async () => {
    const gone = await rawServer(() => {});
    await gone.close();
    const { error } = await failing(clientOf(gone.url).call('payment', payment));
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ endpoint: 'payment', cause: { code: 'ECONNREFUSED' } });
  });

  test('R22 the name does not resolve', async () => {
    const { error } = await failing(clientOf('https://nowhere.invalid').call('payment', payment));
    expect(error).toBeInstanceOf(NotSent);
  }, 15_000);

  test('the connection is not ready in time', async () => {
    // Accepts, and never says a word of TLS.
    const silent = kept(await listen(net.createServer(), 'https'));
    const { error, took } = await failing(
      clientOf(silent.url, { connectMs: 300, totalMs: 10_000 }).call('payment', payment),
    );
    expect(error).toBeInstanceOf(NotSent);
    expect(took).toBeLessThan(5_000);
  });

  test('S90 a certificate that nobody trusts: not a byte of the request arrives', async () => {
    let bytes = 0;
    const server = tls.createServer(selfSigned(), (socket) =>
      socket.on('data', (chunk: Buffer) => (bytes += chunk.length)),
    );
    const hecto = kept(await listen(server, 'https'));
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    const { error } = await failing(clientOf(hecto.url).call('payment', payment));
    expect(error).toBeInstanceOf(NotSent);
    expect(error).toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
    expect(bytes).toBe(0);

    // Not even when the environment asks for it.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect((await failing(clientOf(hecto.url).call('payment', payment))).error).toBeInstanceOf(NotSent);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(bytes).toBe(0);
  });

  test('S90 a server that speaks no TLS', async () => {
    const plain = kept(
      await listen(
        net.createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
        'https',
      ),
    );
    expect((await failing(clientOf(plain.url).call('payment', payment))).error).toBeInstanceOf(NotSent);
  });

  test('S90 a server that knows nothing newer than TLS 1.1', async () => {
    const old = tls.createServer({
      ...selfSigned(),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    old.on('tlsClientError', () => {});
    const hecto = kept(await listen(old, 'https'));
    const { error } = await failing(clientOf(hecto.url).call('payment', payment));
    expect(error).toBeInstanceOf(NotSent);
    expect(String((error as NotSent).cause)).toMatch(/protocol version|ECONNRESET/i);
  });

  test('R20 every connection was busy until the time was over, and it does not leave afterwards', async () => {
    const hecto = kept(
      await rawServer((socket, request) => {
        setTimeout(() => socket.write(httpAnswer(accepted)), request <= 32 ? 2_500 : 0);
      }),
    );
    const transport = kept(createTransport(hecto.url, { connectMs: 1_000, totalMs: 1_500 }));
    const patient = Array.from({ length: 200 }, () => transport.post('lane', '/v1/api/x', '{}'));
    const kinds = (await Promise.all(patient)).map(({ kind }) => kind);
    const notSent = kinds.filter((kind) => kind === 'not-sent').length;
    expect(notSent).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(hecto.seen.requests).toBe(patient.length - notSent);
  });
});

describe('sent, and the answer lost', () => {
  test.each([
    ['R22 a reset before the headers', (socket: net.Socket) => socket.resetAndDestroy()],
    ['R22 a close before the headers', (socket: net.Socket) => socket.end()],
    ['R22 half of the headers', (socket: net.Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'R22 a reset inside the body',
      (socket: net.Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"outStatCd":');
        setTimeout(() => socket.resetAndDestroy(), 50);
      },
    ],
    [
      'R22 an end inside the body',
      (socket: net.Socket) =>
        socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"outStatCd":"0021"}'),
    ],
    [
      'R22 an end inside a chunk',
      (socket: net.Socket) =>
        socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"outStatCd":"0021"}'),
    ],
    ['R22 no HTTP at all', (socket: net.Socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ])('%s is unknown, and it is not sent again', async (_, answer) => {
    const hecto = kept(await rawServer(answer));
    const { error } = await failing(clientOf(hecto.url).call('payment', payment));
    expect(error).toBeInstanceOf(Unknown);
    expect(error).toMatchObject({ endpoint: 'payment', reason: 'connection' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hecto.seen.requests).toBe(1);
  });

  test.each([
    ['no answer at all', () => {}],
    [
      'headers without a body',
      (socket: net.Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n'),
    ],
    [
      'a byte now and then',
      (socket: net.Socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n');
        const drip = setInterval(() => socket.write(' '), 50);
        socket.on('close', () => clearInterval(drip));
      },
    ],
    [
      'a header now and then',
      (socket: net.Socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        const drip = setInterval(() => socket.write('x-a: b\r\n'), 50);
        socket.on('close', () => clearInterval(drip));
      },
    ],
  ])('R22 %s: one deadline ends the whole call', async (_, answer) => {
    const hecto = kept(await rawServer(answer));
    const { error, took } = await failing(clientOf(hecto.url, hurried).call('payment', payment));
    expect(error).toMatchObject({ name: 'Unknown', reason: 'timeout' });
    expect(took).toBeGreaterThan(650);
    expect(took).toBeLessThan(5_000);
    expect(hecto.seen.requests).toBe(1);
  });

  test('an answer just before the deadline counts', async () => {
    const hecto = kept(
      await rawServer((socket) => setTimeout(() => socket.write(httpAnswer(accepted)), 300)),
    );
    expect(
      await clientOf(hecto.url, { connectMs: 400, totalMs: 1_500 }).call('payment', payment),
    ).toMatchObject({ kind: 'accepted' });
  });

  test('a connection that died while it was idle: unknown once written to, and not sent again', async () => {
    const hecto = kept(
      await rawServer((socket, request) => {
        if (request === 1) socket.write(httpAnswer(accepted));
        else socket.resetAndDestroy();
      }),
    );
    const client = clientOf(hecto.url);
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    // Back in the pool, and still thought alive.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { error } = await failing(client.call('payment', payment));
    expect(error).toMatchObject({ name: 'Unknown', reason: 'connection' });
    expect(hecto.seen).toEqual({ requests: 2, connections: 1 });
  });
});

describe('too much', () => {
  test('256 KB is read, a byte more is not', async () => {
    const padded = (size: number) => accepted + ' '.repeat(size - accepted.length);
    for (const [size, expected] of [
      [largestAnswer, 'accepted'],
      [largestAnswer + 1, 'too-large'],
    ] as const) {
      const hecto = kept(await rawServer((socket) => socket.write(httpAnswer(padded(size)))));
      const result: unknown = await clientOf(hecto.url)
        .call('payment', payment)
        .catch((error: unknown) => error);
      expect(result).toMatchObject(expected === 'accepted' ? { kind: expected } : { reason: expected });
    }
  });

  test('R20 ten megabytes are not taken in: the connection is cut', async () => {
    let cut = false;
    let written = 0;
    const hecto = kept(
      await httpServer((_, response) => {
        response.on('close', () => (cut = !response.writableFinished));
        const pour = () => {
          while (written < 10_000_000 && !response.destroyed) {
            written += 65_536;
            if (!response.write(Buffer.alloc(65_536, 32))) return response.once('drain', pour);
          }
          return response.end();
        };
        pour();
      }),
    );
    const { error } = await failing(clientOf(hecto.url).call('payment', payment));
    expect(error).toMatchObject({ name: 'Unknown', reason: 'too-large' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(cut).toBe(true);
    expect(written).toBeLessThan(10_000_000);
  });
});

describe('R32 more than one answer', () => {
  test.each([
    ['garbage after the body', Buffer.from('garbage\r\n\r\n')],
    ['a second, different answer', httpAnswer('{"outStatCd":"0031","outRsltCd":"ST12"}')],
  ])('%s is ignored, and the connection is given up', async (_, extra) => {
    const hecto = kept(
      await rawServer((socket, request) => {
        const first = httpAnswer(accepted);
        socket.write(request === 1 ? Buffer.concat([first, extra]) : first);
      }),
    );
    const client = clientOf(hecto.url);
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    expect(hecto.seen).toEqual({ requests: 2, connections: 2 });
  });

  test('an answer that nobody asked for does not become that of the next call', async () => {
    const hecto = kept(
      await rawServer((socket) => {
        socket.write(httpAnswer(accepted));
        setTimeout(() => socket.write(httpAnswer('{"outStatCd":"0031","outRsltCd":"ST12"}')), 30);
      }),
    );
    const client = clientOf(hecto.url);
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await client.call('payment', payment)).toMatchObject({ kind: 'accepted' });
  });

  test('an interim answer is not the answer', async () => {
    const hecto = kept(
      await rawServer((socket) =>
        socket.write(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), httpAnswer(accepted)])),
      ),
    );
    expect(await clientOf(hecto.url).call('payment', payment)).toMatchObject({ kind: 'accepted' });
  });
});

test('R19 stuck payments do not hold up the question what became of them', async () => {
  const hecto = kept(
    await httpServer(({ path }, response) => {
      if (path === '/v1/api/pay/morw') response.end(accepted);
    }),
  );
  const client = clientOf(hecto.url, { connectMs: 1_000, totalMs: 4_000 });
  const stuck = Array.from({ length: 60 }, () => failing(client.call('payment', payment)));
  const begun = performance.now();
  expect(await client.call('transactionResult', inquiry)).toMatchObject({ kind: 'accepted' });
  expect(performance.now() - begun).toBeLessThan(2_500);
  await Promise.all(stuck);
});

test('closing waits for the calls under way; later ones are not sent', async () => {
  const hecto = kept(await rawServer((socket) => setTimeout(() => socket.write(httpAnswer(accepted)), 150)));
  const client = clientOf(hecto.url);
  const call = client.call('payment', payment);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.close();
  expect(await call).toMatchObject({ kind: 'accepted' });
  for (const late of [client.call('payment', payment), client.call('transactionResult', inquiry)])
    expect((await failing(late)).error).toBeInstanceOf(NotSent);
  expect(hecto.seen.requests).toBe(1);
});
