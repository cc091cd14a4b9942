import type { Locale, Step } from '../shared/api/state.ts';
import type { ClientTokenSource, TokenReason } from './host/client-token.ts';
import type { Emit, HectoEventName, HectoEvents, Result } from './host/events.ts';
import type { Appearance, Settings, Theme } from './host/settings.ts';
import { looks } from './hecto-onboarding.styles.ts';
import { startFrame } from './surfaces/frame.ts';
import { startInline } from './surfaces/inline.ts';
import { openModal, type Modal } from './surfaces/modal.ts';
import { titleIn, type Surface, type SurfaceHost } from './surfaces/surface.ts';
import type { Messages } from './text/text.ts';

export type { Appearance, HectoEvents, Locale, Messages, Result, Theme, TokenReason };

/** Where the widget draws itself; `modal` is a dialog around the frame, `modal-inline` one around the bare app. */
export type SurfaceName = 'frame' | 'inline' | 'modal' | 'modal-inline';

/** What `HectoOnboarding.create` takes. */
export type CreateOptions = {
  /** Gets a client token from the merchant's own server; also asked again when a session was lost. */
  fetchClientToken: (why: TokenReason) => Promise<string>;
  /** Where to put the element; default: the end of the page. */
  container?: Element;
  locale?: Locale;
  theme?: Theme;
  surface?: SurfaceName;
  appearance?: Appearance;
  messages?: Messages;
  onSuccess?: (detail: HectoEvents['hecto-success']) => void;
  onExit?: (detail: HectoEvents['hecto-exit']) => void;
  onError?: (detail: HectoEvents['hecto-error']) => void;
  /** Every event, by its name. */
  onEvent?: (name: HectoEventName, detail: HectoEvents[HectoEventName]) => void;
};

const surfaces: readonly string[] = ['frame', 'inline', 'modal', 'modal-inline'] satisfies SurfaceName[];

/**
 * `<hecto-onboarding>`: guides a customer through the registration of a bank account. Starts by itself once it is on
 * the page and has a client token, or with `open()`; a modal one with `open()` alone.
 *
 * @tagname hecto-onboarding
 * @attr {string} client-token - Single use, ten minutes. Not needed with `fetchClientToken`.
 * @attr {'frame' | 'inline' | 'modal' | 'modal-inline'} [surface='frame'] - In an iframe of the BFF's origin, in the page
 * itself, or the same in a dialog.
 * @attr {'ko' | 'en'} locale - Default: the session's.
 * @attr {'auto' | 'light' | 'dark'} [theme='auto'] - Default: as the customer's system.
 * @fires {CustomEvent<HectoEvents['hecto-ready']>} hecto-ready - The first screen is there.
 * @fires {CustomEvent<HectoEvents['hecto-step']>} hecto-step - The customer is at another step.
 * @fires {CustomEvent<HectoEvents['hecto-success']>} hecto-success - The account is registered.
 * @fires {CustomEvent<HectoEvents['hecto-exit']>} hecto-exit - It is over, one way or another.
 * @fires {CustomEvent<HectoEvents['hecto-error']>} hecto-error - Something the merchant's developer should know.
 * @fires {CustomEvent<HectoEvents['hecto-network']>} hecto-network - The connection was lost, or is back.
 * @fires {CustomEvent<HectoEvents['hecto-external-app']>} hecto-external-app - The customer goes on in another app.
 * Prevent the default to open it yourself.
 * @csspart dialog - The dialog of a modal one.
 * @cssprop [--hecto-frame-height=720px] - The height, at most the window's.
 */
export class HectoOnboarding extends HTMLElement {
  /** Which release runs. */
  static readonly version: string = typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__;
  static readonly observedAttributes = ['client-token', 'locale', 'theme', 'surface'];

  /**
   * The imperative twin: makes an element that `open()` puts on the page, and takes it away after the end.
   */
  static create(options: CreateOptions): { open(): Promise<Result>; close(how?: { force?: boolean }): void } {
    const { container = document.body } = options;
    const element = new HectoOnboarding();
    element.fetchClientToken = options.fetchClientToken;
    element.locale = options.locale;
    element.theme = options.theme;
    element.appearance = options.appearance;
    element.messages = options.messages;
    element.#reflect('surface', options.surface);
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
  #modal: Modal | undefined;
  #step: Step | null = null;
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
    addEventListener('pagehide', this.#gone);
    this.#startIfReady();
  }

  disconnectedCallback(): void {
    removeEventListener('pagehide', this.#gone);
    this.#gone();
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

  /** The language; without one the session's. */
  get locale(): Locale | undefined {
    const locale = this.getAttribute('locale');
    return locale === 'ko' || locale === 'en' ? locale : undefined;
  }
  set locale(locale: Locale | undefined) {
    this.#reflect('locale', locale);
  }

  /** Light, dark, or as the customer's system. */
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
    if (this.isConnected && this.#clientToken && !this.#isModal) void this.#start();
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
    const settings = this.#settings;
    if (settings.appearance && location.hostname === 'localhost')
      void import('./appearance-check.ts').then((it) =>
        it.checkAppearance(settings.appearance!, settings.theme),
      );
    const emit: Emit = (name, detail) => {
      if (this.#opened !== opened) return;
      if (name !== 'hecto-exit' || !this.#modal) this.#emit(name, detail);
      else
        void this.#modal.close().then(() => {
          // The page may have taken the element away meanwhile, and was told so.
          if (this.#opened === opened) this.#emit(name, detail);
        });
    };
    try {
      if (!surfaces.includes(surface))
        throw new Error(`There is no surface "${surface}". Use ${surfaces.join(', ')}.`);
      const start = surface.endsWith('inline') ? startInline : startFrame;
      if (settings.modal) this.#modal = openModal(this.#root, titleIn(this.locale), () => this.close());
      const host: SurfaceHost = {
        root: this.#root,
        place: this.#modal?.dialog ?? this.#root,
        clientToken: this.#takeToken,
        emit,
      };
      const running = await start(host, settings);
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
    if (name === 'hecto-step') {
      this.#step = (detail as HectoEvents['hecto-step']).current;
      if (this.#outcome?.type === 'error') this.#outcome = undefined; // it went on
    }
    if (name === 'hecto-exit') this.#finish({ type: 'exit', ...(detail as HectoEvents['hecto-exit']) });
    const cancelable = name === 'hecto-external-app';
    const event = new CustomEvent(name, { bubbles: true, composed: true, cancelable, detail });
    if (this.dispatchEvent(event) && cancelable)
      location.assign((detail as HectoEvents['hecto-external-app']).url);
    this.#listener?.(name, detail);
  };

  /** Takes the widget away and tells whoever waits for `open()`. What was reached counts more than how it was left. */
  #finish(exit: Result): void {
    this.#settle?.(this.#outcome ?? exit);
    this.#surface?.remove();
    this.#modal?.remove();
    this.#opened = this.#clientToken = this.#surface = this.#modal = undefined;
    this.#step = null;
    this.#root.replaceChildren();
  }

  /** The element or the page goes away under the customer. */
  #gone = (event?: PageTransitionEvent): void => {
    if (!this.#opened || event?.persisted) return;
    const reason = this.#outcome?.type === 'success' ? 'completed' : 'closed';
    this.#emit('hecto-exit', { reason, step: this.#step, lastError: null });
  };

  get #isModal(): boolean {
    return !!this.getAttribute('surface')?.startsWith('modal');
  }

  get #settings(): Settings {
    return {
      locale: this.locale,
      theme: this.theme,
      appearance: this.#appearance,
      messages: this.#messages,
      modal: this.#isModal,
    };
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
