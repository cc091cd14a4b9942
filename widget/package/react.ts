'use client';

import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type ForwardRefExoticComponent,
  type RefAttributes,
} from 'react';
import type { CreateOptions, HectoOnboarding as HectoOnboardingElement } from '../hecto-onboarding.ts';
import type { Emit, HectoEventName, HectoEvents } from '../host/events.ts';
import { loadHectoOnboarding, type LoadOptions } from './loader.ts';

type Capitalized<Words extends string> = Words extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Capitalized<Rest>}`
  : Capitalize<Words>;

/** `onReady` for `hecto-ready`, and so on for every event of the element. */
type PropOf<Name extends HectoEventName> = Name extends `hecto-${infer Words}`
  ? `on${Capitalized<Words>}`
  : never;

/** Every event of the element as a prop: its detail first, the event itself second. */
export type HectoOnboardingHandlers = {
  readonly [Name in HectoEventName as PropOf<Name>]?:
    ((detail: HectoEvents[Name], event: CustomEvent<HectoEvents[Name]>) => void) | undefined;
};

type Handler = (detail: unknown, event: Event) => void;

/** What the element can be given, and how it looks in the page. */
type Settings = Partial<
  Pick<CreateOptions, 'fetchClientToken' | 'locale' | 'theme' | 'surface' | 'appearance' | 'messages'>
>;

export type HectoOnboardingProps = LoadOptions &
  HectoOnboardingHandlers & { readonly [Name in keyof Settings]: Settings[Name] | undefined } & {
    /** Single use, ten minutes. Not needed with `fetchClientToken`. */
    readonly clientToken?: string | undefined;
    readonly id?: string | undefined;
    readonly className?: string | undefined;
    readonly style?: CSSProperties | undefined;
  };

export type { HectoOnboardingElement };

/**
 * `<hecto-onboarding>` for React 18 and 19. Loads the widget from the BFF and starts once it has a client token or a
 * way to one. The ref is the element. What cannot be loaded is told by `onError` and `onExit`, like everything that
 * keeps the widget from starting; mounted again, it tries again.
 */
export const HectoOnboarding: ForwardRefExoticComponent<
  HectoOnboardingProps & RefAttributes<HectoOnboardingElement>
> = forwardRef<HectoOnboardingElement, HectoOnboardingProps>((props, ref) => {
  const { bffUrl, version, integrity, clientToken, fetchClientToken, appearance, messages } = props;
  const inner = useRef<HectoOnboardingElement>(null);
  const [loaded, setLoaded] = useState(false);
  const element = () => inner.current!;
  useImperativeHandle(ref, element, []);

  // First, so that no event of the effects below is missed; at every render, so that no handler is an old one.
  useEffect(() => {
    const target = element();
    if (loaded) target.fetchClientToken = fetchClientToken;
    const heard = Object.entries(props).flatMap(([prop, handler]: [string, unknown]) => {
      if (!/^on[A-Z]/.test(prop) || typeof handler !== 'function') return [];
      const name = prop.slice(2).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const listener = (event: Event) => (handler as Handler)((event as CustomEvent<unknown>).detail, event);
      return [[`hecto${name}`, listener] as const];
    });
    for (const [name, listener] of heard) target.addEventListener(name, listener);
    return () => heard.forEach(([name, listener]) => target.removeEventListener(name, listener));
  });

  useEffect(() => {
    let left = false;
    const target = element();
    const tell: Emit = (name, detail) =>
      target.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    loadHectoOnboarding({ bffUrl, version, integrity }).then(
      () => {
        if (!left) setLoaded(true);
      },
      (reason: unknown) => {
        if (left) return;
        const code = 'script-not-loaded';
        const message = reason instanceof Error ? reason.message : String(reason);
        tell('hecto-error', { error: { code, message } });
        tell('hecto-exit', { reason: 'unavailable', step: null, lastError: { code } });
      },
    );
    return () => {
      left = true;
    };
  }, [bffUrl, version, integrity]);

  // By value: a page that writes them in place makes new objects at every render.
  useEffect(() => {
    if (loaded) Object.assign(element(), { appearance, messages });
  }, [loaded, JSON.stringify([appearance, messages])]);

  // The element starts once however often it is asked, so a second effect (StrictMode) costs no second token.
  const canAsk = Boolean(fetchClientToken);
  useEffect(() => {
    if (!loaded || !(clientToken || canAsk)) return;
    if (clientToken) element().clientToken = clientToken;
    void element().open();
  }, [loaded, clientToken, canAsk]);

  const { id, className, style, locale, theme, surface } = props;
  return createElement('hecto-onboarding', {
    ref: inner,
    id,
    class: className,
    style,
    locale,
    theme,
    surface,
  });
});
HectoOnboarding.displayName = 'HectoOnboarding';
