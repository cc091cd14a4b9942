/**
 * What the hosted page does before the app is there, which comes behind this script: it asks for the session, and then
 * runs the app. The session lives in an HttpOnly cookie, so a reload needs no token. Whatever happens is told to the app
 * around us. When the customer leaves, the page goes back to where the merchant wants them; an app that listens and
 * gave no such place closes its WebView itself.
 */
import type { Mounted } from '../app/mount.ts';
import { exchange, ours, request } from '../bff/request.ts';
import { bridgeAt, bridgeNames, speakToHosts } from '../host/bridges.ts';
import type { Emit, HectoEvents } from '../host/events.ts';
import { keepHistory } from '../host/history.ts';
import { readSettings } from '../host/settings.ts';
import { arrivingApp } from './arriving-app.ts';

const clientToken = decodeURIComponent(location.hash.slice(1));
// Out of the address at once: it must not be seen in the history, copied or shared.
if (clientToken) history.replaceState(null, '', location.pathname + location.search);
const way = { bffOrigin: location.origin, transport: 'cookie' } as const;
const admission = (
  clientToken ? exchange(way, clientToken) : request(way, '/session', { headers: ours })
).catch(() => undefined);

void arrivingApp.then((mount) => {
  const tell = speakToHosts(() => app.state?.origin);
  const steps = keepHistory(() => app.back());
  const emit: Emit = (name, detail) => {
    tell(name, detail);
    if (name === 'hecto-step') steps.reach((detail as HectoEvents['hecto-step']).current);
    if (name === 'hecto-external-app') location.assign((detail as HectoEvents['hecto-external-app']).url);
    if (name !== 'hecto-exit') return;
    const returnUrl = app.state?.returnUrl;
    if (returnUrl) location.assign(returnUrl);
    else if (!bridgeNames.some(bridgeAt)) {
      window.close(); // does something only where a page opened this window
      steps.leave();
    }
  };
  const app: Mounted = mount(
    {
      root: document,
      ...way,
      admission,
      clientToken: (why) => Promise.resolve(why === 'start' ? clientToken : undefined),
      emit,
    },
    readSettings({ locale: new URLSearchParams(location.search).get('locale') }),
  );
});
