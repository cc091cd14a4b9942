type Child = Node | string | undefined | false;
type Properties = {
  class?: string;
  label?: string;
  /** Keeps the focus on "the same" control when a screen is drawn anew. */
  key?: string;
  role?: string;
  disabled?: boolean;
  press?: () => void;
};

/** An element with its children. Text is always text. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Properties,
  ...children: Child[]
): HTMLElementTagNameMap[T] {
  const made = document.createElement(tag);
  const { class: className, label, key, role, disabled, press } = properties;
  if (className) made.className = className;
  if (label) made.setAttribute('aria-label', label);
  if (key) made.dataset['key'] = key;
  if (role) made.setAttribute('role', role);
  if (made instanceof HTMLButtonElement) {
    made.type = 'button';
    made.disabled = disabled ?? false;
  }
  if (press) made.addEventListener('click', press);
  for (const child of children) if (child) made.append(child);
  return made;
}

const svg = 'http://www.w3.org/2000/svg';

/** A drawing of one path in a box of 24, hidden from screen readers: its button has a name. */
export function icon(path: string): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg, 'path');
  line.setAttribute('d', path);
  drawing.append(line);
  return drawing;
}

export const icons = {
  message:
    'M12 3C6.5 3 2 6.7 2 11.2c0 2.6 1.5 4.9 3.8 6.4-.1 1-.6 2.3-1.6 3.3 2 0 3.8-.8 5-1.7.9.2 1.8.3 2.8.3 5.5 0 10-3.7 10-8.3S17.500 3 12 3Z',
  phone:
    'M6.6 10.8a15 15 0 0 0 6.6 6.6l2.200-2.200c.3-.3.7-.4 1-.2 1.200.4 2.400.6 3.600.6.600 0 1 .4 1 1V20c0 .600-.4 1-1 1A17 17 0 0 1 3 4c0-.600.4-1 1-1h3.500c.600 0 1 .4 1 1 0 1.200.2 2.400.6 3.600.1.300 0 .7-.200 1l-2.300 2.200Z',
  bank: 'M12 2 2 7.500V9h20V7.500L12 2ZM4 10.500v7h2.500v-7H4Zm6.700 0v7h2.600v-7h-2.600Zm6.800 0v7H20v-7h-2.500ZM2 19v2.500h20V19H2Z',
  shield:
    'M12 2 4 5v6c0 5 3.400 9.600 8 11 4.600-1.400 8-6 8-11V5l-8-3Zm-1.200 14-3.600-3.600 1.400-1.400 2.200 2.200 4.800-4.800L17 9.800 10.800 16Z',
  back: 'M15.500 4 17 5.500 10.400 12 17 18.500 15.500 20 7.500 12l8-8Z',
  copy: 'M8 2h10a2 2 0 0 1 2 2v12h-2V4H8V2ZM5 6h9a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8c0-1.100.9-2 2-2Z',
  power: 'M11 2h2v10h-2V2Zm6.400 3.200-1.400 1.400A7 7 0 1 1 8 6.600L6.600 5.200a9 9 0 1 0 10.800 0Z',
  sound:
    'M3 9v6h4l5 5V4L7 9H3Zm13.500 3A4.500 4.500 0 0 0 14 8v8a4.500 4.500 0 0 0 2.500-4ZM14 3.200v2.100a7 7 0 0 1 0 13.400v2.100a9 9 0 0 0 0-17.600Z',
  silent:
    'M3 9v6h4l5 5V4L7 9H3Zm18.500.9-1.400-1.400-2.100 2.100-2.100-2.100-1.400 1.400 2.100 2.100-2.100 2.100 1.400 1.400 2.100-2.100 2.100 2.100 1.400-1.400-2.100-2.100 2.100-2.100Z',
  lock: 'M17 9V7A5 5 0 0 0 7 7v2a2 2 0 0 0-2 2v8c0 1.100.9 2 2 2h10a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2ZM9 7a3 3 0 0 1 6 0v2H9V7Z',
} as const;
