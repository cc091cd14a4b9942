import { LitElement, html, nothing, type PropertyValues } from 'lit';
import type { Locale, State, Step } from '../../shared/api/state.ts';
import { earlier } from '../flow/back.ts';
import type { OnboardingFlow } from '../flow/onboarding-flow.ts';
import type { Emit, ExitReason } from '../host/events.ts';
import { button } from '../parts/button.ts';
import { notice, trouble } from '../parts/notice.ts';
import { shared } from '../styles/shared.ts';
import { fill } from '../../shared/values/fill.ts';
import { loadText, type Messages, type Text } from '../text/text.ts';
import type { Commanded } from './commanded.ts';
import { styles } from './hecto-onboarding-app.styles.ts';
import type { Ending, Screen } from './screen.ts';
import { screens, stageOf, stages } from './screens.ts';

/** A screen of any step; the one of the ends also takes why it is shown. */
type AnyScreen = Omit<Screen, 'state'> & LitElement & { state?: State; ending?: Ending };

/**
 * The shell around the screens: who asks (the merchant's name), how far along, the way out, help in the same place,
 * and the words about the connection. It draws what the flow says and tells the host what happened.
 */
export class HectoOnboardingApp extends LitElement {
  static override properties = {
    locale: { attribute: false },
    messages: { attribute: false },
    text: { state: true },
    leaving: { state: true },
  };
  static override styles = [shared, styles];

  /** Set once, before the element is put on the page. */
  declare flow: OnboardingFlow;
  declare emit: Emit;
  /** The language; without one the session's. */
  declare locale: Locale | undefined;
  declare messages: Messages | undefined;
  declare private text: Text | undefined;
  declare private leaving: boolean;
  /** In a dialog of its own, which the focus has to be in. */
  modal = false;
  /** How the session stood when it was last heard of; known also when the flow has stopped. */
  lastState: State | undefined;
  #screen: AnyScreen | undefined;
  #step: Step | undefined;
  #online = true;
  #wording: Locale | undefined;
  #told = '';
  #focused: AnyScreen | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    visualViewport?.addEventListener('resize', this.#keyboard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    visualViewport?.removeEventListener('resize', this.#keyboard);
  }

  protected override willUpdate(changed: PropertyValues): void {
    const locale = this.#locale;
    if (locale && (this.#wording !== locale || changed.has('messages'))) void this.#speak(locale);
    this.#tell();
  }

  override render() {
    const { text, flow } = this;
    if (!text) return nothing;
    const { shell } = text;
    const { state } = this.flow;
    const stage = state ? stageOf[state.step] : undefined;
    return html`
      <header>
        <span>${state?.merchant.name}</span>
        <button class="icon" type="button" aria-label=${shell.close} @click=${this.#leave}>×</button>
        ${
          stage
            ? html`<div
                class="progress"
                role="progressbar"
                aria-valuemax=${stages}
                aria-valuenow=${stage}
                aria-label=${fill(shell.progress, { total: stages, current: stage })}
              >
                <div .style=${`width:${(100 * stage) / stages}%`}></div>
              </div>`
            : nothing
        }
      </header>
      <div role="status">
        ${flow.online ? nothing : notice(shell.offline)}
        ${
          flow.endsSoon
            ? html`${notice(shell.endsSoon)}
              ${button(shell.leave.stay, () => flow.refresh(), { kind: 'secondary' })}`
            : nothing
        }
      </div>
      ${trouble(flow.failed && flow.online ? shell.failed : '')}
      <div id="main" role=${this.#isOwnPage ? 'main' : nothing} @commanded=${this.#commanded}>
        ${this.#draw(text) ?? html`<p class="starting" role="status">${shell.loading}</p>`}
      </div>
      <p class="unseen" role="status">${flow.busy && state ? shell.busy : nothing}</p>
      <footer><a href="tel:${shell.help.replace(/\D/g, '')}">${shell.help}</a></footer>
      <hecto-sheet
        label=${shell.leave.title}
        close-label=${shell.close}
        .open=${this.leaving}
        @sheet-closed=${this.#stay}
      >
        <p>${shell.leave.text}</p>
        ${button(shell.leave.stay, this.#stay, { slot: 'actions' })}
        ${button(shell.leave.confirm, this.#giveUp, { slot: 'actions', kind: 'quiet' })}
      </hecto-sheet>
    `;
  }

  /** Leaves, after asking once when something would be lost; `force` does not ask. */
  close(force: boolean): void {
    if (this.#ending || this.#step === 'done' || !this.flow.state || force) this.#exit();
    else this.leaving = true;
  }

  /** The page's back button: closes what is open, else goes to the step before where there is a way back, else out. */
  back(): void {
    const to = this.#step && !this.#ending && earlier[this.#step];
    if (this.leaving) this.#stay();
    else if (this.#screen?.undo()) return;
    else if (to) void this.flow.run({ type: 'back', to });
    else this.close(false);
  }

  /** Inside the merchant's page the main landmark is the merchant's. */
  get #isOwnPage(): boolean {
    return this.getRootNode() === document;
  }

  get #locale(): Locale | undefined {
    return this.locale ?? this.flow.state?.locale ?? (this.flow.view.at === 'stopped' ? 'ko' : undefined);
  }

  /** Why there is nothing more to do, if so. */
  get #ending(): Ending | undefined {
    const { view } = this.flow;
    if (view.at === 'stopped') return view.why;
    const step = this.flow.state?.step;
    return step === 'failed' || step === 'cancelled' || step === 'expired' ? step : undefined;
  }

  /** The screen that fits; the same element as long as the step is the same, so that nothing typed is lost. */
  #draw(text: Text): AnyScreen | undefined {
    const { view } = this.flow;
    if (view.at === 'starting') return undefined;
    const { state } = this.flow;
    const Fitting = screens[(this.#ending ? 'ended' : state?.step) as keyof typeof screens];
    if (!(this.#screen instanceof Fitting)) this.#screen = new Fitting();
    return Object.assign<AnyScreen, Partial<AnyScreen>>(this.#screen, {
      text,
      locale: this.#wording || 'ko',
      busy: this.flow.busy,
      service: this.flow.data,
      ...(this.#ending && { ending: this.#ending }),
      ...(state && { state }),
    });
  }

  protected override updated(): void {
    const screen = this.#screen;
    if (!screen?.isConnected || screen === this.#focused) return;
    // Not for the first screen: the page around may not want to lose its focus.
    if (this.#focused || this.modal) void screen.focusHeading();
    this.#focused = screen;
  }

  /** Tells the host what is new. */
  #tell(): void {
    const { view, online } = this.flow;
    if (online !== this.#online) this.emit('hecto-network', { online: (this.#online = online) });
    if (view.at === 'stopped' && this.#told !== view.why && view.why !== 'taken-over')
      this.emit('hecto-error', { error: { code: view.why, message: 'The onboarding stopped.' } });
    this.#told = view.at === 'stopped' ? view.why : '';
    const { state } = this.flow;
    if (state) this.lastState = state;
    if (!state || state.step === this.#step) return;
    const previous = this.#step ?? null;
    this.#step = state.step;
    if (!previous) this.emit('hecto-ready', { sessionId: state.id });
    this.emit('hecto-step', { previous, current: state.step });
    if (state.step === 'done') this.emit('hecto-success', { sessionId: state.id, account: state.account });
  }

  async #speak(locale: Locale): Promise<void> {
    this.#wording = locale;
    // Without the other language the original is better than nothing.
    const text = await loadText(locale, this.messages).catch(() => loadText('ko', this.messages));
    if (this.#wording === locale) this.text = text;
    this.lang = locale;
    if (this.#isOwnPage) document.documentElement.lang = locale;
  }

  #commanded = ({ command }: Commanded) => {
    switch (command.type) {
      case 'cancel':
      case 'close':
        this.close(false);
        return;
      case 'open-app':
        this.emit('hecto-external-app', command.app);
        return;
      case 'take-over':
        return void this.flow.restart('taken-over');
      case 'retry':
        return void this.flow.refresh();
      default:
        return void this.flow.run(command);
    }
  };

  #leave = () => this.close(false);

  #stay = () => {
    this.leaving = false;
  };

  #giveUp = async () => {
    this.leaving = false;
    await this.flow.run({ type: 'cancel' });
    // Refused while the account is being registered: goes on. Registered by then: the last screen tells.
    if (this.flow.failed || (this.#ending && !this.flow.state?.known.account)) this.#exit();
  };

  #exit(): void {
    const { view } = this.flow;
    const reason: ExitReason = this.#ending ?? (this.#step === 'done' ? 'completed' : 'closed');
    const code = view.at === 'stopped' ? view.why : this.flow.state?.refusal?.code;
    this.emit('hecto-exit', { reason, step: this.#step ?? null, lastError: code ? { code } : null });
  }

  /** iOS lays its keyboard over the page: lifts the actions by as much. Others shrink the page themselves. */
  #keyboard = () => {
    const { height, offsetTop, scale } = visualViewport as VisualViewport;
    const covered = scale === 1 ? Math.max(0, innerHeight - height - offsetTop) : 0;
    this.style.setProperty('--hecto-keyboard', `${covered}px`);
  };
}
