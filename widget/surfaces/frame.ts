import { openLine, readEnvelope } from '../host/envelope.ts';
import type { HectoEventName, HectoEvents } from '../host/events.ts';
import type { Settings } from '../host/settings.ts';
import { bffOrigin, type Surface, type SurfaceHost } from './surface.ts';

const loadMs = 20_000;

/** The events a frame may report; anything else it says is dropped. */
const isEvent = (type: string): type is HectoEventName =>
  /^hecto-(ready|step|success|exit|error|network)$/.test(type);

/**
 * Runs the app in an iframe of the BFF's origin, out of reach of the other scripts on this page. The frame says hello;
 * only if that came from this very window and origin does it get one end of a channel, sent to that origin alone.
 * Everything else, the client token too, goes over the channel.
 */
export function startFrame({ root, clientToken, emit }: SurfaceHost, settings: Settings): Surface {
  const iframe = document.createElement('iframe');
  iframe.title = 'Hecto onboarding';
  iframe.allow = 'otp-credentials';
  iframe.referrerPolicy = 'origin';
  iframe.src = `${bffOrigin}/widget/1/frame?origin=${encodeURIComponent(location.origin)}`;

  let send: ((type: string, detail: unknown) => void) | undefined;
  const leave = (reason: 'closed' | 'unavailable', code?: string) =>
    emit('hecto-exit', { reason, step: null, lastError: code ? { code } : null });
  const late = setTimeout(() => {
    const code = 'frame-not-loaded';
    emit('hecto-error', {
      error: { code, message: `No answer from ${iframe.src}. Is this origin allowed there?` },
    });
    leave('unavailable', code);
  }, loadMs);

  const receive = (type: string, detail: unknown) => {
    if (type === 'token-wanted') {
      const { why, id } = detail as { why: 'start'; id: number };
      void clientToken(why)
        .catch(() => undefined)
        .then((token) => send?.('token', { id, token }));
    } else if (isEvent(type)) emit(type, detail as HectoEvents[HectoEventName]);
  };

  const greet = ({ origin, source, data }: MessageEvent<unknown>) => {
    if (source !== iframe.contentWindow || origin !== bffOrigin || readEnvelope(data)?.type !== 'hello')
      return;
    clearTimeout(late);
    const { port1, port2 } = new MessageChannel();
    send = openLine(port1, receive);
    iframe.contentWindow?.postMessage({ hecto: 1, seq: 0, type: 'connect', detail: settings }, bffOrigin, [
      port2,
    ]);
  };
  addEventListener('message', greet);
  root.append(iframe);

  return {
    apply: (next) => send?.('apply', (settings = next)),
    close: (force) => (send ? send('close', { force }) : leave('closed')),
    remove() {
      clearTimeout(late);
      removeEventListener('message', greet);
      iframe.remove();
    },
  };
}
