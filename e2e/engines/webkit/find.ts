/** What the page objects look for: a role or a label, as a customer would name it. */
export type Query = {
  readonly by: 'role' | 'label' | 'text' | 'css';
  /** The role, or the selector. */
  readonly what: string;
  /** Name or label; a pattern is passed as its source. */
  readonly name?: string;
  readonly isPattern?: boolean;
  readonly exact?: boolean;
  readonly level?: number;
  /** Look only inside the first element that fits this selector. */
  readonly within?: string;
  /** Only elements with a text that fits this pattern, or does not hold these words. */
  readonly hasText?: string;
  readonly hasNotText?: string;
};

/**
 * Runs in the page, so it uses nothing from around it: the first visible element that fits, through open shadow
 * roots, or what it says. Roles and names as far as our screens need them.
 */
export function find(query: Query, want: 'element' | 'text' = 'element'): Element | string | null {
  const roles: Record<string, string> = {
    button: 'button, [role=button]',
    checkbox: 'input[type=checkbox], [role=checkbox]',
    dialog: 'dialog, [role=dialog]',
    group: '[role=group]',
    heading: 'h1, h2, h3',
    link: 'a[href]',
    main: 'main, [role=main]',
    status: '[role=status]',
  };
  const clean = (text: string) => text.replace(/\s+/g, ' ').trim();
  function* all(root: ParentNode): Generator<Element> {
    for (const element of root.querySelectorAll('*')) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  }
  /** What a screen reader would read: without what is hidden from it. */
  function read(node: Node): string {
    if (node instanceof Text) return node.data;
    if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
    if (node instanceof HTMLSlotElement) return node.assignedNodes().map(read).join('');
    if (node.getClientRects().length === 0 && getComputedStyle(node).display !== 'contents') return '';
    return [...(node.shadowRoot ?? node).childNodes].map(read).join('');
  }
  function nameOf(element: Element): string {
    const labelled = element.getAttribute('aria-labelledby');
    const root = element.getRootNode() as ShadowRoot | Document;
    if (labelled) {
      const parts = labelled.split(' ').map((id) => root.getElementById(id));
      return parts.map((part) => (part ? read(part) : '')).join(' ');
    }
    const label = element.getAttribute('aria-label');
    if (label) return label;
    return element instanceof HTMLInputElement
      ? [...(element.labels ?? [])].map(read).join(' ')
      : read(element);
  }
  const fits = (text: string): boolean => {
    const { name = '' } = query;
    if (query.isPattern) return new RegExp(name).test(clean(text));
    if (query.exact) return clean(text) === clean(name);
    return clean(text).toLowerCase().includes(clean(name).toLowerCase());
  };
  const selector = {
    role: roles[query.what] ?? `[role=${query.what}]`,
    label: 'input, select, textarea',
    text: '*',
    css: query.what,
  }[query.by];

  let roots: ParentNode[] = [document];
  if (query.within) {
    const host = [...all(document)].find((element) => element.matches(query.within as string));
    roots = host ? [host, ...(host.shadowRoot ? [host.shadowRoot] : [])] : [];
  }
  for (const element of roots.flatMap((root) => [...all(root)])) {
    if (!element.matches(selector)) continue;
    if (query.level && element.localName !== `h${query.level}`) continue;
    const words = query.by === 'text' ? read(element) : nameOf(element);
    if (query.name !== undefined && !fits(words)) continue;
    // Of all that stand around a text the innermost has it.
    if (
      query.by === 'text' &&
      [...(element.shadowRoot ?? element).children].some((inner) => fits(read(inner)))
    )
      continue;
    if (query.hasNotText && read(element).includes(query.hasNotText)) continue;
    if (query.hasText && !new RegExp(query.hasText).test(read(element))) continue;
    if (element.getClientRects().length === 0) continue;
    return want === 'text' ? read(element) : element;
  }
  return null;
}
