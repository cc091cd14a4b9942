import type { Locale } from '../../shared/api/state.ts';
import type { Messages } from '../text/text.ts';

export type Theme = 'light' | 'dark' | 'auto';

/** Values for `--hecto-*` tokens, by their names. */
export type Appearance = Readonly<Record<string, string>>;

/** How the widget looks and speaks; the merchant's to choose and to change while it runs. */
export type Settings = {
  /** Without one the session's language. */
  readonly locale: Locale | undefined;
  readonly theme: Theme;
  readonly appearance: Appearance | undefined;
  readonly messages: Messages | undefined;
  /** In a dialog of its own: takes the focus at the start, and Esc leaves. */
  readonly modal: boolean;
};

/** Reads settings that came over a channel; whatever is not allowed there is left out. */
export function readSettings(detail: unknown): Settings {
  const { locale, theme, appearance, messages, modal } = { ...(detail as Partial<Settings> | null) };
  return {
    locale: locale === 'ko' || locale === 'en' ? locale : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    appearance,
    messages,
    modal: modal === true,
  };
}

/** Dresses the element by the merchant's tokens: known names only, and no value that could load something. */
export function dress(element: HTMLElement, appearance: Appearance | undefined): void {
  for (const [name, value] of Object.entries(appearance ?? {}))
    if (/^--hecto-[a-z-]+$/.test(name) && !/url|image|[;{}]/i.test(value))
      element.style.setProperty(name, value);
}
