import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Text } from '../../widget/text/text.ts';

/** Where the widget's screens are: the page itself, an element of it, or a frame. */
export type Root = Page | FrameLocator | Locator;

/** What every screen has. Screens are found by what a customer reads, never by ids or classes. */
export abstract class ScreenObject {
  protected readonly root: Root;
  protected readonly text: Text;

  constructor(root: Root, text: Text) {
    this.root = root;
    this.text = text;
  }

  /** The headline by which a customer knows this screen. */
  abstract get heading(): Locator;

  protected headline(name: string): Locator {
    return this.root.getByRole('heading', { level: 1, name, exact: true });
  }
  protected button(name: string): Locator {
    return this.root.getByRole('button', { name, exact: true });
  }
  /** A text with the given places left open, as a pattern. */
  protected pattern(text: string): RegExp {
    return new RegExp(text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.+'));
  }
}
