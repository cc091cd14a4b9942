import type { Locale } from '../../shared/api/state.ts';
import type { ClientTokenSource } from '../host/client-token.ts';
import type { Emit } from '../host/events.ts';
import type { Settings } from '../host/settings.ts';

/** What a surface needs from the public element. */
export type SurfaceHost = {
  readonly root: ShadowRoot;
  /** Where in `root` to draw. */
  readonly place: ShadowRoot | HTMLElement;
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

/** What the frame or the dialog is called. */
export const titleIn = (locale: Locale | undefined): string =>
  locale === 'en' ? 'Bank account registration' : '계좌 등록';

/** Where the BFF is: the script comes from there. */
export const bffOrigin = new URL(import.meta.url).origin;
