export type Sight = ReturnType<typeof sightOf>;

/** What can be measured of a cell, from inside its page. Runs in the browser: it can refer to nothing outside itself. */
export function sightOf() {
  const every = (root: Element): HTMLElement[] =>
    [...(root.shadowRoot?.children ?? []), ...root.children].flatMap((child) => [
      child as HTMLElement,
      ...every(child),
    ]);
  const elements = every(document.body).filter((element) => element.localName !== 'style');
  const isShown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  const onlyHeard = (element: Element) => element.closest('.unseen') !== null;
  const ownText = (element: Element) =>
    [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.nodeValue?.trim() ?? '')
      .filter(Boolean)
      .join(' ');
  const name = (element: HTMLElement) =>
    `${element.localName}${element.id && `#${element.id}`} ${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 30)}`;

  const words = elements.filter((element) => isShown(element) && ownText(element));
  const cutOff = words.filter((element) => {
    if (onlyHeard(element)) return false;
    const { display, overflowX } = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(element);
    const rectangles = [...range.getClientRects()];
    // A sign may reach over its round ground.
    const isSign = element.matches('.icon');
    return (
      rectangles.some(({ left, right }) => left < -1 || right > innerWidth + 1) ||
      (display !== 'inline' &&
        !isSign &&
        overflowX !== 'auto' &&
        element.scrollWidth > element.clientWidth + 1)
    );
  });

  const broken = /undefined|null|NaN|\{\w+\}|\[object/;
  const heard = elements.flatMap((element) => [ownText(element), element.getAttribute('aria-label') ?? '']);

  /** What can be pressed or typed into. A box with a label is as large as its label. */
  const controls = elements.filter(
    (element) => isShown(element) && element.matches('button, a[href], input, summary'),
  );
  const targets = controls.map((control) => {
    const box = control.matches('[type=checkbox]') ? (control.closest('label') ?? control) : control;
    const { width, height } = box.getBoundingClientRect();
    return { name: name(control), width, height };
  });

  const inSheet = (control: Element) => {
    const { host } = control.getRootNode() as Partial<ShadowRoot>;
    return (control.closest('hecto-sheet') ?? host)?.localName === 'hecto-sheet';
  };
  const help = elements.find((element) => element.matches('footer a'));
  const { left, right, bottom } = help?.getBoundingClientRect() ?? { left: 0, right: 0, bottom: 0 };
  const pinned = elements.filter(
    (element) => isShown(element) && getComputedStyle(element).position === 'sticky',
  );
  const moving = elements
    .filter(({ shadowRoot }) => shadowRoot)
    .flatMap(({ shadowRoot }) => shadowRoot?.getAnimations() ?? [])
    .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().duration !== 0)
    .map(({ effect }) => name((effect as KeyframeEffect).target as HTMLElement));
  return {
    /** What moves by itself. */
    moving,
    headings: elements.filter((element) => element.matches('h1') && element.innerText.trim()).map(name),
    missing: heard.filter((text) => broken.test(text)),
    cutOff: cutOff.map(name),
    sidewaysBy: Math.max(0, document.documentElement.scrollWidth - innerWidth),
    targets,
    /** The height of what stays in view whatever is scrolled. */
    pinned: Math.max(0, ...pinned.map(({ offsetHeight }) => offsetHeight)),
    /** From the end of the page, and from its middle. */
    help: help && {
      above: Math.round(document.documentElement.scrollHeight - scrollY - bottom),
      aside: Math.abs(Math.round((left + right - document.documentElement.clientWidth) / 2)),
      last: controls.filter((control) => !inSheet(control)).at(-1) === help,
    },
  };
}
