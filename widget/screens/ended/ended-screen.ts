import { html, nothing, type CSSResultGroup } from 'lit';
import { Screen, type Ending } from '../../app/screen.ts';
import type { Command } from '../../flow/command.ts';
import { emblem, emblemStyles } from '../emblem.ts';
import { refusalText } from '../refusal-text.ts';

/** What helps at an end that is not final. */
const ways: Partial<Record<Ending, Command>> = {
  'taken-over': { type: 'take-over' },
  unavailable: { type: 'retry' },
};

/**
 * An end before the journey was through: what happened and what to do now. An account that was registered by then
 * stays so, and is never called a failure. There may be no state to tell it from.
 */
export class EndedScreen extends Screen<'failed' | 'cancelled' | 'expired'> {
  static override properties = { ending: {} };
  static override styles: CSSResultGroup = [Screen.styles, emblemStyles];

  declare ending: Ending;

  override render() {
    const { ended, done, shell } = this.text;
    const { title, text } = ended[this.ending];
    const state = this.state as typeof this.state | undefined;
    const registered = state?.known.account;
    const way = ways[this.ending];
    const reason = this.ending === 'failed' && state ? refusalText(this) : '';
    return html`
      ${emblem(way || this.ending === 'cancelled' ? 'pause' : 'alert')}
      <h1 tabindex="-1">${registered ? done.title : title}</h1>
      <p class="lead">${reason || (registered ? ended.noPassword : text)}</p>
      <div class="actions">
        ${
          way
            ? html`<hecto-button .busy=${this.busy} @click=${() => this.command(way)}
                >${way.type === 'retry' ? shell.retry : ended.here}</hecto-button
              >`
            : nothing
        }
        <hecto-button kind=${way ? 'secondary' : 'primary'} @click=${() => this.command({ type: 'close' })}>
          ${state?.returnUrl ? done.back : shell.close}
        </hecto-button>
      </div>
    `;
  }
}
