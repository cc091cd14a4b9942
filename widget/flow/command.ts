import type { Back, Consents, Identity, Keypad } from '../../shared/api/widget.ts';
import type { ExternalApp } from '../host/events.ts';

/**
 * What a screen can ask for. The flow controller carries it out; nothing else talks to the BFF. What the BFF carries
 * out has the name of its route there, and the other members are the body.
 */
export type Command =
  | { readonly type: 'consents'; readonly items: Consents['items'] }
  | ({ readonly type: 'identity' } & Identity)
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'resend' }
  | { readonly type: 'pass' }
  | { readonly type: 'open-app'; readonly app: ExternalApp }
  | { readonly type: 'back'; readonly to: Back['to'] }
  | { readonly type: 'account'; readonly bankCode: string; readonly accountNumber: string }
  | { readonly type: 'ars-calls' }
  | { readonly type: 'password'; readonly keypad: Keypad; readonly positions: readonly number[] }
  /** The customer gives up. The shell asks once before it does so. */
  | { readonly type: 'cancel' }
  /** Leaves a screen that has nothing more to do: done or ended. */
  | { readonly type: 'close' }
  /** Continue here what was continued elsewhere; needs a new client token. */
  | { readonly type: 'take-over' }
  /** After a fault: ask the BFF how things stand. */
  | { readonly type: 'retry' };
