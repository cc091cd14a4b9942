/** Hands for the gallery: they find things as a customer does, by their words, through every shadow root. */
import type { Text } from '../../widget/text/text.ts';

export type Act = (hands: Hands) => Promise<void>;
type Words = (text: Text) => string;

export class Hands {
  readonly #root: HTMLElement;
  readonly #text: Text;

  constructor(root: HTMLElement, text: Text) {
    this.#root = root;
    this.#text = text;
  }

  /** Presses the button with these words. */
  async press(words: Words): Promise<void> {
    const wanted = words(this.#text);
    const button = await this.#find('button', (candidate) => nameOf(candidate).startsWith(wanted));
    button.click();
  }

  /** Presses the first (or a later) thing that a selector finds, where words do not tell. */
  async pressWhere(selector: string, index = 0): Promise<void> {
    (await this.#find(selector, (_, place) => place === index)).click();
  }

  /** Ticks a box of a list; the first is number 0. */
  async tick(index: number): Promise<void> {
    await this.pressWhere('input[type=checkbox]', index);
  }

  async type(label: Words, value: string): Promise<void> {
    const wanted = label(this.#text);
    const input = (await this.#find(
      'input',
      (candidate) => nameOf(candidate) === wanted,
    )) as HTMLInputElement;
    input.focus();
    input.value = value;
    input.setSelectionRange(value.length, value.length);
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  /** Presses keys of the keypad. */
  async pressKeys(digits: string): Promise<void> {
    for (const digit of digits) await this.press(() => digit);
  }

  /** The customer comes back from somewhere else. */
  async comeBack(): Promise<void> {
    await this.#find('h1', () => true);
    dispatchEvent(new Event('online'));
  }

  async goOffline(): Promise<void> {
    await this.#find('h1', () => true);
    dispatchEvent(new Event('offline'));
  }

  /** Waits until it is there. */
  async #find(
    selector: string,
    fits: (element: HTMLElement, index: number) => boolean,
  ): Promise<HTMLElement> {
    for (let tries = 0; tries < 100; tries++) {
      const found = everyElement(this.#root)
        .filter((element) => element.matches(selector))
        .find(fits);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`Nothing like ${selector} is there.`);
  }
}

/** An element's descendants, those in its and their shadow roots too. */
export const everyElement = (root: Element): HTMLElement[] =>
  [...(root.shadowRoot?.children ?? []), ...root.children].flatMap((child) => [
    child as HTMLElement,
    ...everyElement(child),
  ]);

/** What an element is called: by its label, or by the words in it. */
function nameOf(element: HTMLElement): string {
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
  return element.getAttribute('aria-label') ?? wordsIn(label ?? element);
}

/** The words in an element, what is put into its slots included. */
function wordsIn(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.nodeValue ?? '').trim();
  const inside = node instanceof HTMLSlotElement ? node.assignedNodes() : [...node.childNodes];
  return inside.map(wordsIn).filter(Boolean).join(' ');
}

const questions = ['name', 'birth', 'carrier', 'phone', 'method'] as const;

/** Answers the questions of the identity screen up to one of them, and that one with `last` if it is given. */
export async function introduce(
  hands: Hands,
  until: (typeof questions)[number],
  last?: string,
): Promise<void> {
  const answers: Record<(typeof questions)[number], (value?: string) => Promise<void>> = {
    name: async (value = '홍길동') => {
      await hands.type(({ identity }) => identity.name, value);
      await hands.press(({ common }) => common.next);
    },
    birth: async () => {
      await hands.type(({ identity }) => identity.birth, '900101');
      await hands.type(({ identity }) => identity.gender, '1');
    },
    carrier: () => hands.press(({ identity }) => identity.carriers['lgu-mvno']),
    phone: async (value = '010-1234-5678') => {
      await hands.type(({ identity }) => identity.phone, value);
      if (last !== undefined) await hands.press(({ common }) => common.next);
    },
    method: () => Promise.resolve(),
  };
  for (const question of questions.slice(0, questions.indexOf(until))) await answers[question]();
  if (last !== undefined) await answers[until](last);
}

/** Chooses a bank and types a number. */
export async function numberTyped(hands: Hands, number = '1234 5678 9012'): Promise<void> {
  await hands.pressWhere('.banks button', 2);
  await hands.type(({ account }) => account.number, number);
}
