import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findLeaks } from '../leaks.ts';

/**
 * What somebody could do who gets a script into the merchant's page before ours: hear every key, pointer, message and
 * request, open closed shadow roots, watch the document and ask what lies under the pointer.
 */
async function listenIn(context: BrowserContext, shopOrigin: string): Promise<void> {
  await context.addInitScript((origin) => {
    if (location.origin !== origin) return;
    const heard: string[] = [];
    Object.assign(window, { heard });
    const { stringify } = JSON;
    const hear = (...what: unknown[]) => {
      for (const one of what) {
        try {
          heard.push(typeof one === 'string' ? one : stringify(one));
        } catch {
          heard.push(String(one));
        }
      }
    };

    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever element asks
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      const root = attachShadow.call(this, { ...options, mode: 'open' });
      watcher.observe(root, everything);
      return root;
    };
    const everything = { subtree: true, childList: true, characterData: true, attributes: true };
    const watcher = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        hear(target.textContent);
        if (target instanceof Element) hear(target.outerHTML);
        for (const node of addedNodes) hear(node.textContent);
      }
    });
    watcher.observe(document, everything);

    const events = [
      'keydown',
      'keyup',
      'keypress',
      'beforeinput',
      'input',
      'change',
      'paste',
      'copy',
      'click',
    ];
    for (const type of [...events, 'pointerdown', 'pointermove', 'focusin', 'message', 'compositionend'])
      addEventListener(
        type,
        (event) => {
          if ('key' in event) hear(type, event.key);
          else hear(type, 'data' in event ? event.data : '');
          for (const element of event.composedPath())
            if (element instanceof HTMLInputElement) hear(element.value);
          if (event instanceof MouseEvent)
            for (const element of document.elementsFromPoint(event.clientX, event.clientY))
              hear(element.outerHTML);
        },
        true,
      );

    for (const holder of [MessagePort.prototype, Window.prototype] as { postMessage?: unknown }[]) {
      const own = holder.postMessage as (...args: unknown[]) => void;
      if (typeof own !== 'function') continue;
      holder.postMessage = function (...args: unknown[]) {
        hear(args[0]);
        own.apply(this, args);
      };
    }
    const portMessages = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')!;
    Object.defineProperty(MessagePort.prototype, 'onmessage', {
      ...portMessages,
      set(listener: (event: MessageEvent) => void) {
        portMessages.set!.call(this, (event: MessageEvent) => {
          hear(event.data);
          listener(event);
        });
      },
    });
    const fetch = window.fetch.bind(window);
    window.fetch = (input, init) => {
      hear(input instanceof Request ? input.url : String(input), init?.body);
      return fetch(input, init);
    };
    JSON.stringify = (value: unknown) => {
      const text = stringify(value);
      heard.push(text);
      return text;
    };
  }, shopOrigin);
}

test('S24 a hostile script in the shop hears neither password, code, birth digits nor account number', async ({
  context,
  page,
  system,
  walk,
  shop,
  customer,
  phone,
}) => {
  await listenIn(context, new URL(system.shopUrl).origin);
  await shop.open();
  const widget = await walk.toDone();
  await page.mouse.move(640, 400);
  await widget.done.close.click();
  await expect(shop.subscribed).toBeVisible();

  const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  // It did listen: to the page's own press, and to what the widget tells the page.
  expect(heard).toContain('click');
  expect(heard.join('')).toContain('hecto-success');
  const secrets = {
    name: customer.name,
    birth: customer.birth,
    'account number': customer.accountNumber,
    PIN: customer.pin,
    code: [...phone.codesSeen][0]!,
  };
  expect(findLeaks(secrets, { 'what was heard': heard.join('\n') })).toEqual([]);
  // Nor key by key.
  expect(heard.filter((key) => /^\d$/.test(key))).toEqual([]);
});

for (const surface of ['frame', 'inline'] as const) {
  test.describe(`on the surface ${surface}`, () => {
    test.use({ variant: { surface, locale: 'ko', theme: 'light' } });

    test('S33 polluted prototypes, clobbered names and a reset of all styles change nothing', async ({
      context,
      page,
      system,
      walk,
      shop,
    }) => {
      await context.addInitScript((origin) => {
        if (location.origin !== origin) return;
        const names = 'token clientToken origin bffOrigin surface type force locale theme step why code';
        for (const name of names.split(' '))
          Object.defineProperty(Object.prototype, name, {
            configurable: true,
            get: () => 'polluted',
            set(value: unknown) {
              Object.defineProperty(this, name, {
                value,
                writable: true,
                configurable: true,
                enumerable: true,
              });
            },
          });
        addEventListener('DOMContentLoaded', () => {
          for (const id of [
            'customElements',
            'hecto',
            'fetch',
            'location',
            'CSSStyleSheet',
            'litHtml',
            'LitElement',
          ])
            document.body.append(Object.assign(document.createElement('form'), { id, hidden: true }));
          const style = new CSSStyleSheet();
          style.replaceSync(`* { margin: 0 !important; padding: 0 !important; font: 6px fantasy !important;
            letter-spacing: 1em; text-transform: uppercase; text-indent: 40px; word-spacing: 2em }`);
          document.adoptedStyleSheets.push(style);
        });
      }, new URL(system.shopUrl).origin);
      await shop.open();
      const widget = await walk.toDone();
      const looks = await widget.done.heading.evaluate((heading) => {
        const looks = getComputedStyle(heading);
        const { textTransform, textIndent, wordSpacing } = looks;
        const isTight = parseFloat(looks.letterSpacing) < 0;
        return { textTransform, textIndent, wordSpacing, isTight, isOurs: !/fantasy/.test(looks.fontFamily) };
      });
      expect(looks).toEqual({
        textTransform: 'none',
        textIndent: '0px',
        wordSpacing: '0px',
        isTight: true,
        isOurs: true,
      });
      await widget.done.close.click();
      await expect(shop.subscribed).toBeVisible();
      expect(page.url()).toContain(system.shopUrl);
    });
  });
}
