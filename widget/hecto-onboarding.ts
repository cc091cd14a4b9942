import type { Locale } from '../shared/api/state.ts';
import type { ClientTokenSource, TokenReason } from './host/client-token.ts';
import type { Emit, HectoEventName, HectoEvents, Result } from './host/events.ts';
import type { Appearance, Settings, Theme } from './host/settings.ts';
import { startFrame } from './surfaces/frame.ts';
import { startInline } from './surfaces/inline.ts';
import type { Surface, SurfaceHost } from './surfaces/surface.ts';
import type { Messages } from './text/text.ts';

export type { Appearance, HectoEvents, Locale, Messages, Result, Theme, TokenReason };

/** What `HectoOnboarding.create` takes. */
export type CreateOptions = {
  /** Gets a client token from the merchant's own server; also asked again when a session was lost. */
  fetchClientToken: (why: TokenReason) => Promise<string>;
  /** Where to put the element; default: the end of the page. */
  container?: Element;
  locale?: Locale;
  theme?: Theme;
  surface?: 'frame' | 'inline';
  appearance?: Appearance;
  messages?: Messages;
  onSuccess?: (detail: HectoEvents['hecto-success']) => void;
  onExit?: (detail: HectoEvents['hecto-exit']) => void;
  onError?: (detail: HectoEvents['hecto-error']) => void;
  /** Every event, by its name. */
  onEvent?: (name: HectoEventName, detail: HectoEvents[HectoEventName]) => void;
};

const looks = new CSSStyleSheet();
looks.replaceSync(
  ':host{display:block;width:100%;height:min(var(--hecto-frame-height,720px),100dvh)}' +
    ':host([surface=inline]){height:auto;min-height:min(var(--hecto-frame-height,720px),100dvh);display:grid}' +
    ':host([hidden]){display:none}' +
    'iframe{display:block;width:100%;height:100%;border:0;border-radius:inherit}',
);

/**
 * `<hecto-onboarding>`: guides a customer through the registration of a bank account. Starts by itself once it is on
 * the page and has a client token, or with `open()`.
 *
 * @tagname hecto-onboarding
 * @attr {string} client-token - Single use, ten minutes.
 * @attr {'frame' | 'inline'} [surface='frame'] - In an iframe of the BFF's origin, or in the page itself.
 * @attr {'ko' | 'en'} locale - Default: the session's.
 * @attr {'auto' | 'light' | 'dark'} [theme='auto'] - Light or dark.
 * @fires {CustomEvent<HectoEvents['hecto-ready']>} hecto-ready - The first screen is there.
 * @fires {CustomEvent<HectoEvents['hecto-step']>} hecto-step - The customer is at another step.
 * @fires {CustomEvent<HectoEvents['hecto-success']>} hecto-success - The account is registered.
 * @fires {CustomEvent<HectoEvents['hecto-exit']>} hecto-exit - It is over, one way or another.
 * @fires {CustomEvent<HectoEvents['hecto-error']>} hecto-error - Something the merchant's developer should know.
 * @fires {CustomEvent<HectoEvents['hecto-network']>} hecto-network - The connection was lost, or is back.
 * @cssprop [--hecto-frame-height=720px] - Its height, at most the window's.
 */
export class HectoOnboarding extends HTMLElement {
  static readonly version: string = typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__;
  static readonly observedAttributes = ['client-token', 'locale', 'theme', 'surface'];

  /**
   * The imperative twin: makes an element that `open()` puts on the page, and takes it away after the end.
   */
  static create(options: CreateOptions): { open(): Promise<Result>; close(how?: { force?: boolean }): void } {
    const { container = document.body, locale, theme, surface } = options;
    const element = new HectoOnboarding();
    for (const [name, value] of Object.entries({ locale, theme, surface }))
      if (value) element.setAttribute(name, value);
    element.fetchClientToken = options.fetchClientToken;
    element.appearance = options.appearance;
    element.messages = options.messages;
    element.#listener = (name, detail) => {
      options.onEvent?.(name, detail);
      if (name === 'hecto-success') options.onSuccess?.(detail as HectoEvents['hecto-success']);
      if (name === 'hecto-exit') options.onExit?.(detail as HectoEvents['hecto-exit']);
      if (name === 'hecto-error') options.onError?.(detail as HectoEvents['hecto-error']);
    };
    return {
      async open() {
        container.append(element);
        return element.open().finally(() => element.remove());
      },
      close: (how) => element.close(how),
    };
  }

  /** Gets a fresh client token from the merchant's server: at the start if none was given, or after a lost session. */
  fetchClientToken: ((why: TokenReason) => Promise<string>) | undefined;

  readonly #root = this.attachShadow({ mode: 'open' });
  #clientToken: string | undefined;
  #appearance: Appearance | undefined;
  #messages: Messages | undefined;
  #surface: Surface | undefined;
  #outcome: Result | undefined;
  #opened: Promise<Result> | undefined;
  #settle: ((result: Result) => void) | undefined;
  #listener: Emit | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [looks];
  }

  connectedCallback(): void {
    // What was set before this class was known lies on the element itself and would hide our properties.
    for (const name of ['clientToken', 'locale', 'theme', 'appearance', 'messages'] as const) {
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (!early) continue;
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, early.value);
    }
    this.#startIfReady();
  }

  disconnectedCallback(): void {
    this.#finish({ type: 'exit', reason: 'closed', step: null, lastError: null });
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === 'client-token') this.clientToken = value ?? undefined;
    else this.#apply();
  }

  /** The single-use client token. Never reflected to the attribute. */
  get clientToken(): string | undefined {
    return this.#clientToken;
  }
  set clientToken(token: string | undefined) {
    this.#clientToken = token;
    this.#startIfReady();
  }

  get locale(): Locale | undefined {
    const locale = this.getAttribute('locale');
    return locale === 'ko' || locale === 'en' ? locale : undefined;
  }
  set locale(locale: Locale | undefined) {
    this.#reflect('locale', locale);
  }

  get theme(): Theme {
    const theme = this.getAttribute('theme');
    return theme === 'light' || theme === 'dark' ? theme : 'auto';
  }
  set theme(theme: Theme | undefined) {
    this.#reflect('theme', theme);
  }

  /** Values for `--hecto-*` tokens, also inside the frame, where the page's styles do not reach. */
  get appearance(): Appearance | undefined {
    return this.#appearance;
  }
  set appearance(appearance: Appearance | undefined) {
    this.#appearance = appearance;
    this.#apply();
  }

  /** The merchant's own words for some of the texts. */
  get messages(): Messages | undefined {
    return this.#messages;
  }
  set messages(messages: Messages | undefined) {
    this.#messages = messages;
    this.#apply();
  }

  /**
   * Starts, if it has not started, and resolves when the customer is through: with success, exit or error.
   * @throws (rejects) only on misuse: not on the page, or neither `clientToken` nor `fetchClientToken` given.
   */
  async open(): Promise<Result> {
    if (!this.isConnected) throw new Error('<hecto-onboarding> is not on the page.');
    if (!this.#clientToken && !this.fetchClientToken)
      throw new Error('<hecto-onboarding> needs clientToken or fetchClientToken.');
    return this.#start();
  }

  /** Leaves. The customer is asked once when something would be lost, unless forced. */
  close({ force = false }: { force?: boolean } = {}): void {
    this.#surface?.close(force);
  }

  #startIfReady(): void {
    if (this.isConnected && this.#clientToken) void this.#start();
  }

  #start(): Promise<Result> {
    if (this.#opened) return this.#opened;
    this.#outcome = undefined;
    const result = new Promise<Result>((settle) => (this.#settle = settle));
    this.#opened = result;
    // After this task, so that a page may set one property after the other.
    queueMicrotask(() => void this.#run(result));
    return result;
  }

  async #run(opened: Promise<Result>): Promise<void> {
    const surface = this.getAttribute('surface') ?? 'frame';
    const emit: Emit = (name, detail) => {
      if (this.#opened === opened) this.#emit(name, detail);
    };
    const host: SurfaceHost = { root: this.#root, clientToken: this.#takeToken, emit };
    try {
      const start = surface === 'frame' ? startFrame : surface === 'inline' && startInline;
      if (!start) throw new Error(`There is no surface "${surface}". Use frame or inline.`);
      const running = await start(host, this.#settings);
      if (this.#opened === opened) this.#surface = running;
      else running.remove();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      emit('hecto-error', { error: { code: 'not-started', message } });
      emit('hecto-exit', { reason: 'unavailable', step: null, lastError: { code: 'not-started' } });
    }
  }

  #takeToken: ClientTokenSource = async (why) => {
    const token = this.#clientToken;
    if (why === 'start' && token) return token;
    return this.fetchClientToken?.(why);
  };

  /** Keeps the books before it tells: whoever listens may remove or restart this element. */
  #emit: Emit = (name, detail) => {
    if (name === 'hecto-success')
      this.#outcome = { type: 'success', ...(detail as HectoEvents['hecto-success']) };
    if (name === 'hecto-error') this.#outcome = { type: 'error', ...(detail as HectoEvents['hecto-error']) };
    if (name === 'hecto-step' && this.#outcome?.type === 'error') this.#outcome = undefined; // it went on
    if (name === 'hecto-exit') this.#finish({ type: 'exit', ...(detail as HectoEvents['hecto-exit']) });
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    this.#listener?.(name, detail);
  };

  /** Takes the widget away and tells whoever waits for `open()`. What was reached counts more than how it was left. */
  #finish(exit: Result): void {
    this.#settle?.(this.#outcome ?? exit);
    this.#surface?.remove();
    this.#opened = this.#clientToken = this.#surface = undefined;
    this.#root.replaceChildren();
  }

  get #settings(): Settings {
    return { locale: this.locale, theme: this.theme, appearance: this.#appearance, messages: this.#messages };
  }

  #apply(): void {
    this.#surface?.apply(this.#settings);
  }

  #reflect(name: string, value: string | undefined): void {
    if (value) this.setAttribute(name, value);
    else this.removeAttribute(name);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-onboarding': HectoOnboarding;
  }
}
