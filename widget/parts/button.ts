import { html, nothing, type TemplateResult } from 'lit';

/**
 * A button as wide as its place. Without `press` it submits the form around it. While `busy` it keeps its focus and
 * its name, and does nothing; `disabled` likewise.
 */
export function button(
  words: unknown,
  press?: () => void,
  {
    kind = '',
    busy = false,
    disabled = false,
    slot = '',
  }: { kind?: '' | 'secondary' | 'quiet'; busy?: boolean; disabled?: boolean; slot?: '' | 'actions' } = {},
): TemplateResult {
  // Not the native `disabled`: that would drop the focus, and a screen reader would lose its place.
  const pressed = (event: Event) => {
    if (busy || disabled) event.preventDefault();
    else press?.();
  };
  return html`<button
    class="button ${kind} ${disabled ? 'off' : ''}"
    type=${press ? 'button' : 'submit'}
    slot=${slot || nothing}
    aria-busy=${busy}
    aria-disabled=${busy || disabled}
    @click=${pressed}
  >
    <span>${words}</span>
  </button>`;
}
