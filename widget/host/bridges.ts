import type { Envelope } from './envelope.ts';
import type { Emit } from './events.ts';

/** Where apps listen from inside their WebView: iOS, Android, React Native, Flutter. Found by being there. */
export const bridgeNames = [
  'webkit.messageHandlers.hectoOnboarding',
  'HectoOnboardingAndroid',
  'ReactNativeWebView',
  'HectoOnboardingFlutter',
] as const;

type Bridge = { postMessage(message: unknown): void };

/** What an app has put into the page under this name. */
export const bridgeAt = (name: string): Bridge | undefined =>
  name.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], window) as
    Bridge | undefined;

/**
 * Speaks to whatever is around the hosted page: every bridge of an app, and the window that opened this one, if it is
 * of the one allowed origin. That origin comes with the session; what was said before waits for it. A host that fails
 * is not the customer's trouble.
 */
export function speakToHosts(allowedOrigin: () => string | undefined): Emit {
  let seq = 0;
  const waiting: Envelope[] = [];
  return (type, detail) => {
    const envelope = { hecto: 1, seq: ++seq, type, detail } as const;
    for (const name of bridgeNames)
      attempt(() => {
        const bridge = bridgeAt(name);
        // Only iOS takes objects.
        bridge?.postMessage(name === bridgeNames[0] ? envelope : JSON.stringify(envelope));
      });
    waiting.push(envelope);
    const origin = allowedOrigin();
    if (origin)
      for (const said of waiting.splice(0))
        attempt(() => (window.opener as Window | null)?.postMessage(said, origin));
  };
}

function attempt(what: () => void): void {
  try {
    what();
  } catch {
    // Nobody there who could mend it.
  }
}
