import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ProblemCode } from '../../shared/api/problems.ts';
import type { State } from '../../shared/api/state.ts';
import type { Keypad, TermsDocument } from '../../shared/api/widget.ts';
import type { ScreenData } from '../app/screen.ts';
import { NoAnswer, ProblemAnswer } from '../bff/answers.ts';
import type { BffClient, JourneyCommand } from '../bff/client.ts';
import type { ClientTokenSource, TokenReason } from '../host/client-token.ts';
import { backOffMs, pause } from './back-off.ts';

/** What there is to show. */
export type FlowView =
  | { readonly at: 'starting' }
  | { readonly at: 'journey'; readonly state: State }
  | { readonly at: 'stopped'; readonly why: 'taken-over' | 'not-authorized' | 'unavailable' };

type Stop = Extract<FlowView, { at: 'stopped' }>['why'];

const startTries = 4;
/** Expiry is the server's to say; we only look a moment later. */
const expiryGraceMs = 1500;
/** Time enough to ask for more of it (A03). */
const warningMs = 60_000;

/** PASS tells nobody when it is done: asked this often, and when the customer comes back from it. */
const passMs = 10_000;

/** Steps where the next move comes from elsewhere. */
const isWaiting = (state: State | undefined) =>
  state?.step === 'pass' || (state?.step === 'ars' && state.ars.phase !== 'ready');

/** Steps where the customer may come back from another app, having done something there. */
const isElsewhere = (state: State | undefined) => state?.step === 'ars' || state?.step === 'pass';

/**
 * Drives one onboarding: exchanges the token, carries out commands one at a time, waits where the server has to act,
 * and takes up the thread again after a lost connection, a lost session or an app switch. The server owns the
 * journey, so in doubt it is asked. Stops when its host leaves the page.
 */
export class OnboardingFlow implements ReactiveController {
  view: FlowView = { at: 'starting' };
  /** A command is on its way. */
  busy = false;
  online = true;
  /** The last command did not get through, and things stand as before. */
  failed = false;
  /** The session is about to end; any word with the server keeps it. */
  endsSoon = false;

  readonly #host: ReactiveControllerHost;
  #client: BffClient;
  readonly #clientToken: ClientTokenSource;
  /** What was answered before we were there, if somebody asked; good for once. */
  #admission: Promise<Response | undefined> | undefined;
  #clockOffset = 0;
  /** Ends with the host's stay on the page. */
  #stay = new AbortController();
  /** Ends when something newer is asked than what the background is asking. */
  #background = new AbortController();
  #terms: Promise<readonly TermsDocument[]> | undefined;
  #endTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: ReactiveControllerHost,
    client: BffClient,
    clientToken: ClientTokenSource,
    admission?: Promise<Response | undefined>,
  ) {
    this.#host = host;
    this.#client = client;
    this.#clientToken = clientToken;
    this.#admission = admission;
    host.addController(this);
  }

  /** How the journey stands, as far as is known. */
  get state(): State | undefined {
    return this.view.at === 'journey' ? this.view.state : undefined;
  }

  /** What screens may ask for; see `ScreenData`. */
  readonly data: ScreenData = {
    drafts: {},
    now: () => Date.now() + this.#clockOffset,
    terms: () => {
      const terms = (this.#terms ??= this.#client.terms(this.#stay.signal));
      terms.catch(() => (this.#terms = undefined));
      return terms;
    },
    banks: () => this.#client.banks(this.#stay.signal),
    keypad: (purpose: Keypad['purpose']) => this.#client.keypad(purpose, this.#stay.signal),
  };

  /**
   * For good: lets go of the client, which has the session's token, and of what was typed. The browser keeps parts of a
   * page alive that are not on it any more, and what those hold (S14).
   */
  forget(): void {
    this.#client = this.data.drafts = {} as BffClient & ScreenData['drafts'];
  }

  hostConnected(): void {
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    addEventListener('online', this.#look, { signal });
    addEventListener('offline', () => this.#noteConnection(new NoAnswer('offline')), { signal });
    for (const type of ['focus', 'pageshow', 'visibilitychange'])
      addEventListener(type, this.#returned, { signal });
    if (this.view.at === 'starting') void this.#start('start');
    else this.#look();
  }

  hostDisconnected(): void {
    this.#stay.abort();
    this.#background.abort();
    this.#expectEnd();
    this.busy = false;
  }

  /** Carries out a command. While another is on its way nothing happens: the customer pressed twice. */
  async run(command: JourneyCommand): Promise<void> {
    const { state } = this;
    if (this.busy || !state) return;
    await this.#exclusively(async (signal) => {
      try {
        this.#accept(await this.#client.send(state.id, command, signal));
      } catch (error) {
        if (await this.#endedBy(error, signal)) return;
        // The command may have been carried out, or may have been out of place: the server knows.
        const before = this.state?.version;
        this.#accept(await this.#client.state(signal));
        this.failed =
          this.state?.version === before && !(error instanceof ProblemAnswer && error.status === 409);
      }
    });
  }

  /** Starts over with a new client token, after a take-over or a stop. */
  async restart(why: TokenReason): Promise<void> {
    if (this.busy) return;
    this.view = { at: 'starting' };
    await this.#start(why);
  }

  /** Asks how things stand; after a fault. */
  async refresh(): Promise<void> {
    if (!this.state) return this.restart('start');
    await this.#exclusively(async (signal) => {
      this.#accept(await this.#client.state(signal));
    });
  }

  async #start(why: TokenReason): Promise<void> {
    await this.#exclusively(async (signal) => {
      for (let failures = 1; ; failures++) {
        try {
          this.#accept(await this.#enter(why, signal), 'fresh');
          return;
        } catch (error) {
          const refused = error instanceof ProblemAnswer && error.status === 401;
          const stop =
            refused && why !== 'start' ? stopFor(error.code, why) : failures === startTries && 'unavailable';
          if (signal.aborted) return;
          if (stop) {
            this.#stop(stop);
            return;
          }
          this.#noteConnection(error);
          // Too old, or used up by an answer that got lost on the way: perhaps there is another one.
          if (refused) why = 'session-lost';
          else await pause(backOffMs(failures), signal);
        }
      }
    });
  }

  /** A new session by client token; without one the session that the page's cookie may hold. */
  async #enter(why: TokenReason, signal: AbortSignal): Promise<State> {
    const admission = await this.#admission;
    this.#admission = undefined;
    if (admission) return this.#client.entered(admission, signal);
    const clientToken = await this.#clientToken(why);
    signal.throwIfAborted();
    return clientToken ? this.#client.exchange(clientToken, signal) : this.#client.state(signal);
  }

  /** Runs one thing of the customer's; the background rests meanwhile and is taken up again afterwards. */
  async #exclusively(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#stay;
    this.#background.abort();
    this.busy = true;
    this.failed = false;
    this.#host.requestUpdate();
    try {
      await task(signal);
    } catch (error) {
      if (signal.aborted || (await this.#endedBy(error, signal))) return;
      this.failed = true;
    } finally {
      if (!signal.aborted) {
        this.busy = false;
        this.#host.requestUpdate();
        if (isWaiting(this.state)) this.#watch(true);
      }
    }
  }

  /**
   * Takes over what the server says, unless something newer is known: a late answer changes nothing. `quiet` draws
   * only what has changed; `fresh` is the first state of a session.
   */
  #accept(state: State, how?: 'quiet' | 'fresh'): void {
    const known = this.state;
    if (how !== 'fresh' && (!known || state.version < known.version)) return;
    const changed = state.version !== known?.version || state.step !== known.step;
    this.#clockOffset = Date.parse(state.now) - Date.now();
    this.#noteConnection();
    this.#expectEnd(isOpen(state) ? Date.parse(state.sessionEndsAt) - Date.parse(state.now) : undefined);
    if (how === 'quiet' && !changed) return;
    if (changed) this.failed = false;
    this.view = { at: 'journey', state };
    this.#host.requestUpdate();
  }

  readonly #look = (): void => this.#watch(false);

  /** In the background: how things stand, and as long as others have to act, what comes next. */
  #watch(passLater: boolean): void {
    this.#background.abort();
    const { state } = this;
    if (this.busy || !state || !isOpen(state)) return;
    this.#background = new AbortController();
    void this.#follow(state, this.#background.signal, passLater);
  }

  async #follow(state: State, signal: AbortSignal, passLater: boolean): Promise<void> {
    for (let failures = 0; isOpen(state);) {
      try {
        const inPass = state.step === 'pass';
        if (inPass && passLater && !failures) await pause(passMs, signal);
        if (inPass && document.hidden) return; // who is in another app comes back
        passLater = true;
        // A request that is over stays so; perhaps the session is over as well.
        const over = state.step === 'pass' && this.data.now() > Date.parse(state.expiresAt);
        if (inPass && !over && !failures) state = await this.#client.send(state.id, { type: 'pass' }, signal);
        else
          state =
            !inPass && isWaiting(state)
              ? await this.#client.nextState(state.version, signal)
              : await this.#client.state(signal);
        signal.throwIfAborted();
        failures = 0;
        this.#accept(state, 'quiet');
        if (over || !isWaiting(state)) return;
        await pause(300, signal);
      } catch (error) {
        if (isOver(signal) || (await this.#endedBy(error, signal))) return;
        await pause(backOffMs(++failures), signal);
      }
    }
  }

  /** Whether the error ends this session here; a lost one is first taken up again with a new token. */
  async #endedBy(error: unknown, signal: AbortSignal): Promise<boolean> {
    if (isOver(signal)) return true;
    this.#noteConnection(error);
    if (!(error instanceof ProblemAnswer) || error.status !== 401) return false;
    const why = stopFor(error.code);
    const clientToken =
      why === 'not-authorized' && (await this.#clientToken('session-lost').catch(() => undefined));
    if (isOver(signal)) return true;
    if (!clientToken) this.#stop(why);
    else
      await this.#client.exchange(clientToken, signal).then(
        (state) => this.#accept(state, 'fresh'),
        () => this.#stop(why),
      );
    return true;
  }

  #stop(why: Stop): void {
    if (this.#stay.signal.aborted) return;
    this.#background.abort();
    this.#expectEnd();
    this.view = { at: 'stopped', why };
    this.#host.requestUpdate();
  }

  /** Warns before the session ends, and looks whether it has ended; without a time there is nothing to expect. */
  #expectEnd(inMs?: number): void {
    clearTimeout(this.#endTimer);
    const endsSoon = inMs !== undefined && inMs <= warningMs;
    if (endsSoon !== this.endsSoon) this.#host.requestUpdate();
    this.endsSoon = endsSoon;
    if (endsSoon) this.#endTimer = setTimeout(this.#look, inMs + expiryGraceMs);
    else if (inMs) this.#endTimer = setTimeout(() => this.#expectEnd(warningMs), inMs - warningMs);
  }

  #noteConnection(error?: unknown): void {
    const online = !(error instanceof NoAnswer) && navigator.onLine;
    if (online === this.online) return;
    this.online = online;
    this.#host.requestUpdate();
  }

  #returned = () => {
    if (!document.hidden && isElsewhere(this.state)) this.#look();
  };
}

/** Asked anew after every wait. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** What a 401 means for this window. Who could not take it back for want of a token is not offered that again. */
function stopFor(code: ProblemCode, why?: TokenReason): Stop {
  return code === 'session-taken-over' && why !== 'taken-over' ? 'taken-over' : 'not-authorized';
}

/** Whether the journey can still move. */
const isOpen = ({ step }: State) => !/done|failed|cancelled|expired/.test(step);
