import { once } from 'node:events';
import { connect, isIP, type LookupFunction } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AddressRefused } from '../webhooks/allowed-address.ts';

/** How far the way to a server goes: to its end, or until what stopped it. */
export type Reached = 'reached' | 'no-name' | 'address-refused' | 'no-connection' | 'no-trust';

const patienceMs = 5_000;

/**
 * Goes to the server of an address as a call would, by name, connection and, for https, certificate, and sends nothing. As
 * in every call of ours no environment variable can weaken the check of the certificate (S90). Never throws.
 */
export async function reach(url: URL, lookup?: LookupFunction): Promise<Reached> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const signal = AbortSignal.timeout(patienceMs);
  const socket = connect({ host, port, ...(lookup && { lookup }) });
  // Whatever comes after we have looked is nobody's concern.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'connect', { signal });
    if (url.protocol !== 'https:') return 'reached';
    return await isTrusted(connectTls({ ...tls, socket, servername: isIP(host) ? '' : host, host }), signal);
  } catch (error) {
    if (error instanceof AddressRefused) return 'address-refused';
    return (error as NodeJS.ErrnoException).syscall === 'getaddrinfo' ? 'no-name' : 'no-connection';
  } finally {
    socket.destroy();
  }
}

const tls = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;

async function isTrusted(socket: ReturnType<typeof connectTls>, signal: AbortSignal): Promise<Reached> {
  socket.on('error', () => undefined);
  try {
    await once(socket, 'secureConnect', { signal });
    return 'reached';
  } catch {
    return 'no-trust';
  } finally {
    socket.destroy();
  }
}
