import { html, nothing, type CSSResultGroup } from 'lit';
import { Screen, type Ending } from '../../app/screen.ts';
import type { Command } from '../../flow/command.ts';
import { button } from '../../parts/button.ts';
import { emblem, emblemStyles } from '../emblem.ts';

/** What helps at an end that is not final. */
const ways: Partial<Record<Ending, Command>> = {
  'taken-over': { type: 'take-over' },
  unavailable: { type: 'retry' },
};

/**
 * An end before the journey was through: what happened and what to do now. An account that was registered by then
 * stays so, and is never called a failure; nor is what nobody knows yet. There may be no state to tell it from.
 */
export class EndedScreen extends Screen<'failed' | 'cancelled' | 'expired'> {
  static override properties = { ending: {} };
  static override styles: CSSResultGroup = [Screen.styles, emblemStyles];

  declare ending: Ending;

  override render() {
    const { ended, done, shell, ars } = this.text;
    const { title, text } = ended[this.ending];
    const state = this.state as typeof this.state | undefined;
    const registered = state?.known.account;
    const way = ways[this.ending];
    const reason = this.ending === 'failed' && state ? this.refusal : '';
    const open = state?.refusal?.code === 'result-unknown';
    return html`
      ${emblem(open || way || this.ending === 'cancelled' ? 'pause' : 'alert')}
      <h1 tabindex="-1">${registered ? done.title : open ? ars.confirmingTitle : title}</h1>
      <p class="lead">${reason || (registered ? ended.noPassword : text)}</p>
      <div class="actions">
        ${
          way
            ? button(way.type === 'retry' ? shell.retry : ended.here, () => this.command(way), {
                busy: this.busy,
              })
            : nothing
        }
        ${button(state?.returnUrl ? done.back : shell.close, () => this.command({ type: 'close' }), {
          kind: way ? 'secondary' : '',
        })}
      </div>
    `;
  }
}
