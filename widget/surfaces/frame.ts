import { openLine, readEnvelope } from '../host/envelope.ts';
import type { HectoEventName, HectoEvents } from '../host/events.ts';
import type { Settings } from '../host/settings.ts';
import { bffOrigin, titleIn, type Surface, type SurfaceHost } from './surface.ts';

const loadMs = 20_000;

/** The events a frame may report; anything else it says is dropped. */
const isEvent = (type: string): type is HectoEventName =>
  /^hecto-(ready|step|success|exit|error|network|external-app)$/.test(type);

/** Without proxies, functions and whatever else of a framework cannot be sent. */
const plain = (settings: Settings) => JSON.parse(JSON.stringify(settings)) as Settings;

/**
 * Runs the app in an iframe of the BFF's origin, out of reach of the other scripts on this page. The frame says hello;
 * only if that came from this very window and origin does it get one end of a channel, sent to that origin alone.
 * Everything else, the client token too, goes over the channel.
 */
export function startFrame({ place, clientToken, emit }: SurfaceHost, settings: Settings): Surface {
  const iframe = document.createElement('iframe');
  iframe.title = titleIn(settings.locale);
  iframe.allow = 'otp-credentials';
  iframe.referrerPolicy = 'origin';
  iframe.src = `${bffOrigin}/widget/1/frame?origin=${encodeURIComponent(location.origin)}`;

  const waiting = document.createElement('div');
  waiting.className = 'waiting';

  let send: ((type: string, detail: unknown) => void) | undefined;
  const leave = (reason: 'closed' | 'unavailable', code?: string) =>
    emit('hecto-exit', { reason, step: null, lastError: code ? { code } : null });
  const late = setTimeout(() => {
    const code = 'frame-not-loaded';
    emit('hecto-error', { error: { code, message: `No answer from ${iframe.src}.` } });
    leave('unavailable', code);
  }, loadMs);

  const receive = (type: string, detail: unknown) => {
    if (type === 'token-wanted') {
      const { why, id } = detail as { why: 'start'; id: number };
      return void clientToken(why).then(
        (token) => send?.('token', { id, token }),
        () => send?.('token', { id, failed: true }),
      );
    }
    // The token is asked for ahead of the app. Anything else comes from the app itself.
    clearTimeout(late);
    waiting.remove();
    if (isEvent(type)) emit(type, detail as HectoEvents[HectoEventName]);
  };

  // Only here is it seen that a phone's keyboard covers the page; in the frame nothing shrinks.
  const fit = () => {
    iframe.style.maxHeight = `${visualViewport!.height * visualViewport!.scale}px`;
  };

  const greet = ({ origin, source, data }: MessageEvent<unknown>) => {
    if (source !== iframe.contentWindow || origin !== bffOrigin || readEnvelope(data)?.type !== 'hello')
      return;
    const { port1, port2 } = new MessageChannel();
    send = openLine(port1, receive);
    const detail = plain(settings);
    iframe.contentWindow?.postMessage({ hecto: 1, seq: 0, type: 'connect', detail }, bffOrigin, [port2]);
  };
  addEventListener('message', greet);
  visualViewport!.addEventListener('resize', fit);
  place.append(waiting, iframe);
  if (settings.modal) iframe.focus();

  return {
    apply(next) {
      settings = next;
      send?.('apply', plain(settings));
    },
    close: (force) => (send ? send('close', { force }) : leave('closed')),
    remove() {
      clearTimeout(late);
      removeEventListener('message', greet);
      visualViewport!.removeEventListener('resize', fit);
      iframe.remove();
      waiting.remove();
    },
  };
}
