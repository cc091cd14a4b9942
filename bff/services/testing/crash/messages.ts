import type { Timings } from '../../../app.ts';
import type { checkpoints } from '../../../checkpoint.ts';

export type Place = (typeof checkpoints)[number];

/** What a test tells a BFF in a process of its own. Each order is answered once. */
export type Order =
  | {
      readonly do: 'start';
      readonly env: Readonly<Record<string, string>>;
      readonly skewMs: number;
      readonly crashAt?: Place | undefined;
      readonly timings?: Timings | undefined;
    }
  /** Ends itself, as `kill -9` does, when it passes there. */
  | { readonly do: 'crash-at'; readonly place: Place }
  /** How far its clock is from the machine's. */
  | { readonly do: 'set-clock'; readonly skewMs: number }
  | { readonly do: 'measure' };

export type Answer =
  | { readonly did: 'load' }
  | { readonly did: 'start'; readonly url: string }
  | { readonly did: 'crash-at' | 'set-clock' }
  | { readonly did: 'measure'; readonly rss: number; readonly heap: number }
  | { readonly did: 'fail'; readonly why: string };
