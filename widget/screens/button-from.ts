import { html, nothing, type TemplateResult } from 'lit';
import type { Instant } from '../../shared/api/state.ts';
import type { Screen } from '../app/screen.ts';
import { button } from '../parts/button.ts';

/** A button that can be pressed from `at` on, by the server's clock; until then it counts down to that moment. */
export function buttonFrom(
  at: Instant,
  screen: Screen,
  kind: '' | 'quiet',
  name: string,
  press: () => void,
): TemplateResult {
  const now = () => screen.service.now();
  const disabled = Date.parse(at) > now();
  const countdown = html`<hecto-countdown
    .to=${at}
    .now=${now}
    .spoken=${() => ''}
    @countdown-ended=${() => screen.requestUpdate()}
  ></hecto-countdown>`;
  return button(html`${name} ${disabled ? countdown : nothing}`, press, {
    kind,
    busy: screen.busy,
    disabled,
  });
}
