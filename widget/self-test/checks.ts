import { bridgeAt, bridgeNames } from '../host/bridges.ts';

/** `note`: works as it is, but worth knowing. */
export type Finding = { readonly level: 'good' | 'note' | 'bad'; readonly value?: string };

export type CheckName = keyof typeof checks;

const unless = (bad: boolean, level: 'note' | 'bad' = 'bad'): Finding => ({ level: bad ? level : 'good' });

/** The bridges an app has put into this page. */
export const bridgesHere = () => bridgeNames.filter(bridgeAt);

/** What the onboarding needs from its browser, one question each. */
export const checks = {
  browser: () =>
    unless(
      !(
        'adoptedStyleSheets' in document &&
        'HTMLDialogElement' in window &&
        CSS.supports('height:1dvh') &&
        'hasOwn' in Object
      ),
    ),
  secure: () => unless(!isSecureContext || !('subtle' in crypto)),
  address: () => ({
    ...unless(!/^https?:$/.test(location.protocol) || top !== self),
    value: location.origin,
  }),
  cookies: () => {
    const place = 'path=/onboarding; SameSite=Strict';
    document.cookie = `hecto-self-test=1; ${place}`;
    const kept = document.cookie.includes('hecto-self-test=1');
    document.cookie = `hecto-self-test=; Max-Age=0; ${place}`;
    return unless(!kept);
  },
  bridge: () => {
    const found = bridgesHere();
    return { ...unless(!found.length, 'note'), value: found.join(', ') };
  },
  viewport: () => ({
    ...unless(innerWidth > Math.max(screen.width, screen.height) || !('visualViewport' in window)),
    value: `${innerWidth} × ${innerHeight}`,
  }),
  history: () => {
    try {
      history.replaceState(history.state, '');
      return unless(false);
    } catch {
      return unless(true);
    }
  },
  textZoom: () => {
    const probe = document.body.appendChild(document.createElement('span'));
    probe.style.fontSize = '100px';
    const percent = Math.round(parseFloat(getComputedStyle(probe).fontSize));
    probe.remove();
    return { ...unless(percent > 200, 'note'), value: `${percent} %` };
  },
  clock: async () => {
    const date = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
      ({ headers }) => headers.get('Date'),
      () => null,
    );
    if (!date) return unless(true);
    const seconds = Math.round((Date.now() - Date.parse(date)) / 1000);
    return { ...unless(Math.abs(seconds) > 60, 'note'), value: `${seconds} s` };
  },
  storage: () => unless(false),
} satisfies Readonly<Record<string, () => Finding | Promise<Finding>>>;
