import type { Config } from '../../config.ts';
import type { Checkpoint } from '../../checkpoint.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { Log } from '../../log/log.ts';
import type { Store } from '../../store/store.ts';

/** What moving money needs from outside. */
export type MoneyDeps = {
  readonly config: Config;
  readonly store: Store;
  readonly hecto: HectoClient;
  readonly clock: () => Date;
  readonly log: Log;
  readonly checkpoint: Checkpoint;
  /** How long a request waits for the outcome before it answers `processing`. */
  readonly answerWithinMs: number;
};
