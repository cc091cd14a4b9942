import { mount } from '../app/mount.ts';
import { readSettings } from '../host/settings.ts';
import { pageStyles } from '../styles/page.ts';

/**
 * Runs the app on the hosted page. The session lives in an HttpOnly cookie, so a reload needs no token. When the
 * customer leaves, the page goes back to where the merchant wants them.
 */
export function startHostedPage(): void {
  const clientToken = decodeURIComponent(location.hash.slice(1));
  // Out of the address at once: it must not be seen in the history, copied or shared.
  if (clientToken) history.replaceState(null, '', location.pathname + location.search);
  document.adoptedStyleSheets.push(...pageStyles);
  const app = mount(
    {
      root: document,
      bffOrigin: location.origin,
      transport: 'cookie',
      clientToken: (why) => Promise.resolve(why === 'start' && clientToken ? clientToken : undefined),
      emit: (name) => {
        if (name !== 'hecto-exit') return;
        if (app.returnUrl) location.assign(app.returnUrl);
        else {
          window.close(); // does something only where the merchant's page opened this window
          history.back();
        }
      },
    },
    readSettings({ locale: new URLSearchParams(location.search).get('locale') }),
  );
}
