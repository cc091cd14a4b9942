import type { State } from '../../shared/api/state.ts';
import type {
  Answered,
  Bank,
  Banks,
  Exchange,
  Exchanged,
  Keypad,
  Terms,
  TermsDocument,
} from '../../shared/api/widget.ts';
import type { Command } from '../flow/command.ts';
import { NoAnswer, readAnswer, type ProblemAnswer } from './answers.ts';
import { ours, readMs, request, type Way } from './request.ts';
import { sealPositions } from './seal-positions.ts';

/** The commands that the BFF carries out; the others concern this window only. */
export type JourneyCommand = Exclude<Command, { type: 'open-app' | 'close' | 'take-over' | 'retry' }>;

export type BffClient = ReturnType<typeof createBffClient>;

// Hecto answers within 32 seconds or never; the BFF then needs a moment more.
const commandMs = 40_000;
const waitSeconds = 25;

/**
 * The widget's client of its BFF. Every call takes a signal and rejects with `ProblemAnswer`, with `NoAnswer`, or with
 * the signal's reason once it is aborted.
 */
export function createBffClient(way: Way) {
  const { transport } = way;
  let sessionToken: string | undefined;
  /** The last command once more; see `state`. */
  let repeat: ((signal: AbortSignal) => Promise<Answered>) | undefined;

  async function read<T>(asked: Response | Promise<Response>, signal: AbortSignal): Promise<T> {
    try {
      const answer = await readAnswer<T & Partial<Exchanged>>(await asked);
      sessionToken = answer.sessionToken ?? sessionToken;
      signal.throwIfAborted();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      // fetch rejects with TypeError or AbortError: nothing was answered in time.
      throw error instanceof TypeError || error instanceof DOMException ? new NoAnswer(error) : error;
    }
  }

  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    signal: AbortSignal,
    timeoutMs: number,
  ): Promise<T> {
    signal.throwIfAborted();
    const controller = new AbortController();
    const abort = () => controller.abort();
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort);
    const headers = new Headers(transport ? ours : {});
    if (body) headers.set('Content-Type', 'application/json');
    if (sessionToken) headers.set('Authorization', `Bearer ${sessionToken}`);
    const asked = request(way, path, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: controller.signal,
    });
    try {
      return await read(asked, signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  const get = <T>(path: string, signal: AbortSignal) => call<T>('GET', path, null, signal, readMs);

  return {
    /** How things stand by the answer to what was asked before there was a client; see `exchange`. */
    async entered(answer: Response, signal: AbortSignal): Promise<State> {
      return (await read<Exchanged>(answer, signal)).state;
    },

    /** Trades the single-use client token for a session of this window. */
    async exchange(clientToken: string, signal: AbortSignal): Promise<State> {
      const body: Exchange = { clientToken, transport };
      sessionToken = undefined;
      return (await call<Exchanged>('POST', '/sessions', body, signal, readMs)).state;
    },

    /**
     * How things stand now. If our token is no good any more, a new one may have got lost with an answer: the same
     * command again brings it, and brings nothing else about.
     */
    async state(signal: AbortSignal): Promise<State> {
      const answer = get<Answered>('/session', signal).catch((error: unknown) => {
        if ((error as Partial<ProblemAnswer>).status === 401 && repeat) return repeat(signal);
        throw error;
      });
      return (await answer).state;
    },

    /** How things stand once they have changed since `version`, or after 25 seconds. */
    async nextState(version: number, signal: AbortSignal): Promise<State> {
      const path = `/session?since=${version}&wait=${waitSeconds}`;
      return (await call<Answered>('GET', path, null, signal, waitSeconds * 1000 + readMs)).state;
    },

    async terms(signal: AbortSignal): Promise<readonly TermsDocument[]> {
      return (await get<Terms>('/session/terms', signal)).documents;
    },

    async banks(signal: AbortSignal): Promise<readonly Bank[]> {
      return (await get<Banks>('/session/banks', signal)).banks;
    },

    keypad(purpose: Keypad['purpose'], signal: AbortSignal): Promise<Keypad> {
      return call<Keypad>('POST', '/session/keypads', { purpose }, signal, readMs);
    },

    /** Carries out one command of the customer and returns the state after it, refused or not. */
    async send(sessionId: string, command: JourneyCommand, signal: AbortSignal): Promise<State> {
      const { type, ...what } = command;
      const body = 'keypad' in what ? await sealPositions(sessionId, what.keypad, what.positions) : what;
      repeat = (again) => call('POST', `/session/${type}?rotates`, body, again, commandMs);
      return (await repeat(signal)).state;
    },
  };
}
