import { html, nothing, type TemplateResult } from 'lit';
import type { Instant } from '../../shared/api/state.ts';
import type { Screen } from '../app/screen.ts';
import type { HectoButton } from '../parts/hecto-button.ts';

/** A button that can be pressed from `at` on, by the server's clock; until then it counts down to that moment. */
export function buttonFrom(
  at: Instant,
  screen: Screen,
  kind: HectoButton['kind'],
  name: string,
  press: () => void,
): TemplateResult {
  const now = () => screen.service.now();
  const waits = Date.parse(at) > now();
  return html`<hecto-button kind=${kind} .busy=${screen.busy} .disabled=${waits} @click=${press}>
    ${name}
    ${
      waits
        ? html`<hecto-countdown
            .to=${at}
            .now=${now}
            .spoken=${() => ''}
            @countdown-ended=${() => screen.requestUpdate()}
          ></hecto-countdown>`
        : nothing
    }
  </hecto-button>`;
}
