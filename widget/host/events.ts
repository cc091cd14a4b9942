import type { AccountSummary, Carrier, Step } from '../../shared/api/state.ts';

/** What went wrong, for the merchant's developer. Never holds anything of the customer's. */
export type HectoError = { readonly code: string; readonly message: string };

/** The app in which the customer goes on, for whoever opens it. */
export type ExternalApp = {
  readonly carrier: Carrier;
  /** Opens the app where it is installed. */
  readonly url: string;
  /** Where to get it on this phone. */
  readonly storeUrl: string;
};

/** How a widget came to its end without an account. */
export type ExitReason =
  /** The customer closed the last screen after success. */
  | 'completed'
  /** The customer gave up, and the session is cancelled. */
  | 'cancelled'
  /** The window was closed, by the customer or by `close()`; the session may still be open. */
  | 'closed'
  | 'failed'
  | 'expired'
  | 'taken-over'
  | 'not-authorized'
  | 'unavailable';

/** The events of `<hecto-onboarding>` and their details. Names and shapes are frozen by semver. */
export type HectoEvents = {
  'hecto-ready': { readonly sessionId: string };
  'hecto-step': { readonly previous: Step | null; readonly current: Step };
  /** The account is registered. Only bank and masked number: its key reaches the merchant's server. */
  'hecto-success': { readonly sessionId: string; readonly account: AccountSummary };
  'hecto-exit': {
    readonly reason: ExitReason;
    readonly step: Step | null;
    readonly lastError: { readonly code: string } | null;
  };
  'hecto-error': { readonly error: HectoError };
  'hecto-network': { readonly online: boolean };
  /** The customer wants to go on in another app. Prevent the default to open it yourself. */
  'hecto-external-app': ExternalApp;
};

export type HectoEventName = keyof HectoEvents;

/** Tells the surroundings what happened. */
export type Emit = <N extends HectoEventName>(name: N, detail: HectoEvents[N]) => void;

/** How `open()` ends. It never rejects for anything that happens on the way. */
export type Result =
  | ({ readonly type: 'success' } & HectoEvents['hecto-success'])
  | ({ readonly type: 'exit' } & HectoEvents['hecto-exit'])
  | ({ readonly type: 'error' } & HectoEvents['hecto-error']);

declare global {
  interface HTMLElementEventMap {
    'hecto-ready': CustomEvent<HectoEvents['hecto-ready']>;
    'hecto-step': CustomEvent<HectoEvents['hecto-step']>;
    'hecto-success': CustomEvent<HectoEvents['hecto-success']>;
    'hecto-exit': CustomEvent<HectoEvents['hecto-exit']>;
    'hecto-error': CustomEvent<HectoEvents['hecto-error']>;
    'hecto-network': CustomEvent<HectoEvents['hecto-network']>;
    'hecto-external-app': CustomEvent<HectoEvents['hecto-external-app']>;
  }
}
