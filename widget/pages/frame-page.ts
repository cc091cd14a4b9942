/**
 * What the frame's page does before the app is there, which comes behind this script: as soon as the merchant's page has
 * handed over a channel it asks for the session, and then runs the app. The page's address names the one origin that
 * may hand it over; the BFF has checked it, or there would be no such page.
 */
import type { Mounted } from '../app/mount.ts';
import { exchange } from '../bff/request.ts';
import type { ClientTokenSource } from '../host/client-token.ts';
import { openLine, readEnvelope } from '../host/envelope.ts';
import { readSettings } from '../host/settings.ts';
import { arrivingApp } from './arriving-app.ts';

/** What the messages of the merchant's page may hold. */
type Heard = {
  readonly id: number;
  readonly token: string;
  /** The merchant's server could not be asked for a token. */
  readonly failed: boolean;
  readonly force: boolean;
};

async function connect(port: MessagePort, detail: unknown): Promise<void> {
  let asked = 0;
  let settings = readSettings(detail);
  /** Undefined until it has arrived. */
  let app = undefined as Mounted | undefined;
  const waiting = new Map<number, (token: string | undefined | Promise<never>) => void>();
  const send = openLine(port, (type, message) => {
    const { id, token, failed, force } = { ...(message as Partial<Heard> | null) };
    if (type === 'apply') {
      settings = readSettings(message);
      app?.apply(settings);
    }
    if (type === 'close')
      if (app) app.close(force === true);
      else send('hecto-exit', { reason: 'closed', step: null, lastError: null });
    if (type === 'token' && id) waiting.get(id)?.(failed ? Promise.reject(new Error('token')) : token);
  });
  const clientToken: ClientTokenSource = (why) =>
    new Promise((resolve) => {
      waiting.set(++asked, resolve);
      send('token-wanted', { why, id: asked });
    });
  const way = { bffOrigin: location.origin };
  const admission = clientToken('start')
    .then((token) => exchange(way, token))
    .catch(() => undefined);
  const mount = await arrivingApp;
  app = mount({ root: document, ...way, admission, clientToken, emit: send }, settings);
  send('arrived', null);
  if (!settings.modal) return;
  // The keys pressed in here never reach the dialog around.
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault(); // would close the sheet that asks as soon as it is open
    app.close(false);
  });
}

const parentOrigin = new URLSearchParams(location.search).get('origin');
if (parentOrigin && parent !== window) {
  const greeted = ({ origin, source, data, ports: [port] }: MessageEvent<unknown>) => {
    const envelope = readEnvelope(data);
    if (source !== parent || origin !== parentOrigin || envelope?.type !== 'connect' || !port) return;
    removeEventListener('message', greeted); // one channel, once
    void connect(port, envelope.detail);
  };
  addEventListener('message', greeted);
  parent.postMessage({ hecto: 1, seq: 0, type: 'hello', detail: null }, parentOrigin);
}
