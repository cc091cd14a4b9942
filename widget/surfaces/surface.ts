import type { ClientTokenSource } from '../host/client-token.ts';
import type { Emit } from '../host/events.ts';
import type { Settings } from '../host/settings.ts';

/** What a surface needs from the public element. */
export type SurfaceHost = {
  readonly root: ShadowRoot;
  readonly clientToken: ClientTokenSource;
  readonly emit: Emit;
};

/** A running widget, wherever it runs. */
export type Surface = {
  apply(settings: Settings): void;
  /** Leaves; asks the customer first unless forced. */
  close(force: boolean): void;
  remove(): void;
};

/** Where the BFF is: the script comes from there. */
export const bffOrigin = new URL(import.meta.url).origin;
