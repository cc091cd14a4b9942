/** The tag is taken by another script, so the widget cannot trust what would be drawn there (S34). */
export class TagTaken extends Error {
  constructor(tag: string) {
    super(`<${tag}> is already defined by another script.`);
  }
}

/**
 * Registers elements; doing it again changes nothing.
 * @throws TagTaken when another class holds one of the tags.
 */
export function define(elements: Readonly<Record<string, CustomElementConstructor>>): void {
  for (const [tag, element] of Object.entries(elements)) {
    const taken = customElements.get(tag);
    if (!taken) customElements.define(tag, element);
    else if (taken !== element) throw new TagTaken(tag);
  }
}
