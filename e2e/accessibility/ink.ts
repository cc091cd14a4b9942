/** Colours as the page computes them. These run in the browser and can refer to nothing outside themselves. */
type Colours = { readonly name: string; readonly ink: string; readonly ground: string };

export type Ink = Colours & { readonly kind: 'words' | 'edge' };

/** What axe leaves out: the words on buttons that rest, and the edges of what can be typed into. */
export function inkOf(): Ink[] {
  const every = (root: Element): HTMLElement[] =>
    [...(root.shadowRoot?.children ?? []), ...root.children].flatMap((child) => [
      child as HTMLElement,
      ...every(child),
    ]);
  const around = (element: Element): Element | undefined =>
    element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  const groundOf = (element: Element | undefined): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(around(element)) : backgroundColor;
  };
  const shown = every(document.body).filter((element) => element.checkVisibility());
  return [
    ...shown
      .filter((element) => element.matches('button[aria-disabled=true]'))
      .map((button) => ({
        kind: 'words' as const,
        name: button.innerText,
        ink: getComputedStyle(button).color,
        ground: groundOf(button),
      })),
    ...shown
      .filter((element) => element.matches('.box, .dots span'))
      .map((box) => ({
        kind: 'edge' as const,
        name: box.className,
        ink: getComputedStyle(box).borderTopColor,
        ground: groundOf(around(box)),
      })),
  ];
}

/** The ring around what has the focus: its own, or that of the box it is in; none is of the ground's colour. */
export function ringOf(): Colours | undefined {
  const around = (element: Element): Element | undefined =>
    element.assignedSlot ?? element.parentElement ?? (element.getRootNode() as Partial<ShadowRoot>).host;
  const groundOf = (element: Element | undefined): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor === 'rgba(0, 0, 0, 0)' ? groundOf(around(element)) : backgroundColor;
  };
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (!focused || focused === document.body) return undefined;
  const box = focused.parentElement;
  const ringed = [focused, ...(box ? [box, ...box.children] : [])].find((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2;
  });
  const ground = groundOf(around(ringed ?? focused));
  const name = focused.getAttribute('aria-label') ?? `${focused.localName} ${focused.textContent.trim()}`;
  return { name, ink: ringed ? getComputedStyle(ringed).outlineColor : ground, ground };
}
