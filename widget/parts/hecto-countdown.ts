import { LitElement, css, html } from 'lit';
import type { Instant } from '../../shared/api/state.ts';
import { shared } from '../styles/shared.ts';

/** The moment has come. */
export class CountdownEnded extends Event {
  constructor() {
    super('countdown-ended');
  }
}

/** Spoken only then: a timer that talks every second is a torment (WCAG 2.2.1, A03). */
const spokenAt = [60, 30, 10];

/**
 * Minutes and seconds until `to`, by the clock given in `now` (the server's, never the device's).
 * `spoken` says the seconds that are left to a screen reader, at 1:00, 0:30 and 0:10.
 * @fires countdown-ended
 */
export class HectoCountdown extends LitElement {
  static override properties = {
    to: {},
    label: {},
    now: { attribute: false },
    spoken: { attribute: false },
    left: { state: true },
  };

  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
        font-variant-numeric: tabular-nums;
        font-weight: 600;
        color: var(--hecto-color-accent);
      }
    `,
  ];

  to: Instant = '';
  /** What the time is for, as its accessible name. */
  label = '';
  now: () => number = Date.now;
  spoken: (secondsLeft: number) => string = String;
  private left = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #endedAt: Instant | undefined;
  #words = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(this.#tick, 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override willUpdate(): void {
    this.#tick();
  }

  override render() {
    const clock = `${Math.floor(this.left / 60)}:${String(this.left % 60).padStart(2, '0')}`;
    return html`<span role="timer" aria-label=${this.label}>${clock}</span>
      <span class="unseen" aria-live="polite">${this.#words}</span>`;
  }

  #tick = () => {
    const left = Math.max(0, Math.ceil((Date.parse(this.to) - this.now()) / 1000)) || 0;
    if (left !== this.left && spokenAt.includes(left)) this.#words = this.spoken(left);
    this.left = left;
    if (left > 0 || !this.to || this.#endedAt === this.to) return;
    this.#endedAt = this.to;
    this.dispatchEvent(new CountdownEnded());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'hecto-countdown': HectoCountdown;
  }
  interface HTMLElementEventMap {
    'countdown-ended': CountdownEnded;
  }
}
