import type { Config } from '../../config.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';

/** What the merchant's calls need from outside. */
export type MerchantDeps = {
  readonly config: Config;
  readonly store: Store;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
  readonly log: Log;
};
