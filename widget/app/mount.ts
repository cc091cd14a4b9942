import type { State } from '../../shared/api/state.ts';
import { createBffClient } from '../bff/client.ts';
import type { Way } from '../bff/request.ts';
import { OnboardingFlow } from '../flow/onboarding-flow.ts';
import type { ClientTokenSource } from '../host/client-token.ts';
import type { Emit } from '../host/events.ts';
import { dress, type Settings } from '../host/settings.ts';
import { define } from '../parts/define.ts';
import { pageStyles } from '../styles/page.ts';
import { tokens } from '../styles/tokens.ts';
import { HectoOnboardingApp } from './hecto-onboarding-app.ts';
import { defineScreens } from './screens.ts';

/** What the app needs from the place where it runs. */
export type Place = Way & {
  /** A shadow root, or the whole page. */
  readonly root: ShadowRoot | Document;
  /** Where in the root to draw; default: the root itself, or the page's body. */
  readonly place?: ParentNode;
  readonly clientToken: ClientTokenSource;
  /** The answer to an exchange of the first client token, begun before the app was there; none, and the app begins. */
  readonly admission?: Promise<Response | undefined>;
  readonly emit: Emit;
};

/** The running app, as the place around it sees it. */
export type Mounted = {
  /** Changes looks and language while it runs. */
  apply(settings: Settings): void;
  /** Leaves; asks the customer first unless forced. */
  close(force: boolean): void;
  /** Goes one step back, where there is a way back; else leaves, after asking. */
  back(): void;
  remove(): void;
  /** How the session stood when it was last heard of: where the customer goes afterwards, and who may hear of it. */
  readonly state: State | undefined;
};

/**
 * Puts the app into its place and starts it.
 * @throws TagTaken when another script holds one of our tags.
 */
export function mount(
  { root, place, clientToken, admission, emit, ...way }: Place,
  settings: Settings,
): Mounted {
  defineScreens();
  define({ 'hecto-onboarding-app': HectoOnboardingApp });
  const sheet = tokens.styleSheet;
  if (sheet && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  if (root instanceof Document) root.adoptedStyleSheets.push(...pageStyles);

  const app = new HectoOnboardingApp();
  app.emit = emit;
  app.flow = new OnboardingFlow(app, createBffClient(way), clientToken, admission);
  const apply = ({ locale, messages, appearance, theme, modal }: Settings) => {
    app.locale = locale;
    app.messages = messages;
    app.modal = modal;
    dress(app, appearance);
    if (root instanceof Document) root.documentElement.setAttribute('theme', theme);
  };
  apply(settings);
  (place ?? (root instanceof Document ? root.body : root)).append(app);
  return {
    apply,
    close: (force) => app.close(force),
    back: () => app.back(),
    remove() {
      app.remove();
      app.flow.forget();
    },
    get state() {
      return app.lastState;
    },
  };
}
