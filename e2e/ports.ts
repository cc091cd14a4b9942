import { createServer, type AddressInfo } from 'node:net';

/** The first of the ports that something else listens on, or undefined when all are free. */
export async function firstTakenPort(ports: readonly number[]): Promise<number | undefined> {
  for (const port of ports) {
    for (const host of ['127.0.0.1', '::1', '0.0.0.0']) if (await isTaken(port, host)) return port;
  }
  return undefined;
}

/** Asks by listening for a moment. A machine without IPv6 refuses `::1`, which says nothing about the port. */
function isTaken(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE'));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(false)));
  });
}

/** A port that is free now. Parts that must know each other's address before they start are given one each. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
