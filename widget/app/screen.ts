import { LitElement, type CSSResultGroup, type PropertyDeclarations } from 'lit';
import type { Locale, Step, StateAt } from '../../shared/api/state.ts';
import type { Bank, Keypad, TermsDocument } from '../../shared/api/widget.ts';
import type { Command } from '../flow/command.ts';
import { screenStyles, shared } from '../styles/shared.ts';
import type { Text } from '../text/text.ts';
import { Commanded } from './commanded.ts';

/** What a screen may ask for besides its state. Each call may reject; the screen then offers to try again. */
export type ScreenData = {
  terms(): Promise<readonly TermsDocument[]>;
  banks(): Promise<readonly Bank[]>;
  /** A freshly shuffled keypad. Two minutes, one use: ask again after every try. */
  keypad(purpose: Keypad['purpose']): Promise<Keypad>;
  /** The server's clock in milliseconds; the device's may be wrong. */
  now(): number;
  /** By screen what the customer typed, so that coming back does not mean typing it again (A07). Nowhere else, and not for long. */
  drafts: Record<string, object>;
};

/** Why there is nothing more to do: the ends of the journey, and the ends of this window. */
export type Ending =
  | 'failed'
  | 'cancelled'
  | 'expired'
  /** The customer went on in another window; `take-over` brings it back. */
  | 'taken-over'
  /** The client token is used up or was never valid. */
  | 'not-authorized'
  /** The BFF could not be reached before there was anything to show; `retry` asks again. */
  | 'unavailable';

/**
 * A screen: properties in, `Commanded` out. It knows no network, no storage and no other screen. It renders one
 * `<h1 tabindex="-1">`, which gets the focus when the screen appears.
 */
export abstract class Screen<S extends Step = Step> extends LitElement {
  static override properties: PropertyDeclarations = {
    state: { attribute: false },
    text: { attribute: false },
    locale: { attribute: false },
    busy: { type: Boolean },
    service: { attribute: false },
  };
  static override styles: CSSResultGroup = [shared, screenStyles];

  declare state: StateAt<S>;
  declare text: Text;
  declare locale: Locale;
  /** A command is on its way: show it on the button, take no second one. */
  declare busy: boolean;
  declare service: ScreenData;

  /** What to tell about the last refusal, if there was one. */
  protected get refusal(): string {
    return this.state.refusal?.message[this.locale] ?? '';
  }

  /** What the customer has typed here; `first` makes it when there is nothing yet. */
  protected draft<T extends object>(first: () => T): T {
    return (this.service.drafts[this.localName] ??= first()) as T;
  }

  /** Asks the shell to do something. While a command is on its way further ones are ignored there. */
  protected command(command: Command): void {
    this.dispatchEvent(new Commanded(command));
  }

  /** Takes back what the customer did last on this screen, if there is something; says whether. */
  undo(): boolean {
    const sheet = this.renderRoot.querySelector('hecto-sheet');
    const wasOpen = !!sheet?.open;
    sheet?.close();
    return wasOpen;
  }

  /** Moves the focus to the headline, so that a screen reader starts there. */
  async focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  }
}
