import { html, type TemplateResult } from 'lit';
import type { Instant } from '../../shared/api/state.ts';
import type { Screen } from '../app/screen.ts';
import { fill } from '../../shared/values/fill.ts';

/** Counts down to a moment by the server's clock, and says now and then how much is left. */
export const timeLeft = ({ text, service }: Screen, to: Instant, ended?: () => void): TemplateResult =>
  html`<hecto-countdown
    label=${text.code.timeLeft}
    .to=${to}
    .now=${() => service.now()}
    .spoken=${(time: number) => fill(text.shell.timeLeft, { time })}
    @countdown-ended=${ended}
  ></hecto-countdown>`;
