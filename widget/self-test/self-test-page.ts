import { speakToHosts } from '../host/bridges.ts';
import { passAppOf } from '../../shared/values/pass-apps.ts';
import { bridgesHere, checks, type CheckName, type Finding } from './checks.ts';
import { en, ko, type Words } from './words.ts';

const looks = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; word-break: keep-all; overflow-wrap: anywhere }
  body { max-width: 560px; margin: 0 auto; padding: 16px }
  h1 { margin: 8px 0; font-size: 1.5rem }
  h2 { margin: 24px 0 8px; font-size: 1.125rem }
  p { margin: 4px 0 }
  .verdict { margin: 16px 0; padding: 12px 16px; border-radius: 12px; background: #8883; font-weight: 700 }
  ul { padding: 0; list-style: none }
  li { display: flex; padding: 10px 0; border-top: 1px solid #8884 }
  li::before { flex: 0 0 2em; font-weight: 700 }
  .good::before { content: '✓' / ''; color: light-dark(#14733a, #63d391) }
  .note::before { content: '!' / ''; color: light-dark(#8a5300, #ffc46b) }
  .bad::before { content: '✕' / ''; color: light-dark(#b3202c, #ff8a8f) }
  code { font-size: .875rem }
  a, button { display: inline-block; min-height: 44px; padding: 10px 14px 10px 0; font: inherit; box-sizing: border-box }
  button { padding: 0 16px }
`;

/** Draws what the checks find; the plain text of the page, which says that no script ran, goes. */
export async function showSelfTest(): Promise<void> {
  const wish = new URLSearchParams(location.search).get('locale') ?? navigator.language;
  const english = wish.startsWith('en');
  const words = english ? en : ko;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(looks);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.lang = english ? 'en' : 'ko';
  document.title = words.title;

  const names = Object.keys(checks) as CheckName[];
  const found = await Promise.all(names.map(async (name) => [name, await checks[name]()] as const));
  const troubles = found.filter(([, { level }]) => level === 'bad').length;
  document.body.replaceChildren(
    element('main', {}, [
      element('h1', {}, [words.title]),
      element('p', {}, [words.lead]),
      element('p', { class: 'verdict', role: 'status' }, [
        troubles ? words.toMend.replace('{count}', String(troubles)) : words.ready,
      ]),
      element(
        'ul',
        {},
        found.map(([name, finding]) => line(words, name, finding)),
      ),
      ...(bridgesHere().length ? [testMessage(words)] : []),
      element('h2', {}, [words.links]),
      element('p', {}, [words.linksText]),
      element('ul', {}, [
        ...(['skt', 'kt', 'lgu'] as const).map((carrier) => {
          const { url, storeUrl, appStoreUrl } = passAppOf(carrier);
          // Only Apple's phones know this property.
          const store = CSS.supports('-webkit-touch-callout:none') ? appStoreUrl : storeUrl;
          return element('li', {}, [link(url, url), link(store, words.store)]);
        }),
        element('li', {}, [link('tel:16005220', `${words.call} 1600-5220`)]),
      ]),
      link(`?locale=${words.other[0]}`, words.other[1]),
    ]),
  );
}

function line(words: Words, name: CheckName, { level, value }: Finding): HTMLElement {
  const { name: title, good, bad } = words.checks[name];
  const text = level === 'good' ? good : bad;
  return element('li', { class: level }, [
    element('div', {}, [
      element('strong', {}, [title]),
      ...(value ? [' ', element('code', {}, [value])] : []),
      element('p', {}, [text]),
    ]),
  ]);
}

/** A real event, so that the app's own way of reading it is tried. */
function testMessage(words: Words): HTMLElement {
  const said = element('p', { role: 'status' }, []);
  const button = element('button', { type: 'button' }, [words.sendTest]);
  const say = speakToHosts(() => undefined);
  button.addEventListener('click', () => {
    say('hecto-network', { online: true });
    said.textContent = words.sent;
  });
  return element('div', {}, [button, said]);
}

const link = (href: string, text: string) => element('a', { href }, [text]);

function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly (string | HTMLElement)[],
): HTMLElement {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
