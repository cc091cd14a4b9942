import type { Checkpoint } from '../../checkpoint.ts';
import type { Config } from '../../config.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';

/** What the customer's journey needs from outside. */
export type JourneyDeps = {
  readonly config: Config;
  readonly store: Store;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
  readonly log: Log;
  readonly checkpoint?: Checkpoint;
};

/** The browser behind a command, for limits and for the record of a consent. */
export type Caller = { readonly address: string; readonly userAgent: string };

/** Hecto takes IPv4 only; of an IPv6 customer it hears nothing (H12). */
export function custIp({ address }: Caller): { custIp?: string } {
  const ipv4 = address.replace(/^::ffff:/i, '');
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(ipv4) ? { custIp: ipv4 } : {};
}
