/** The network's edge of the gallery: answers the widget's calls as a cell wants it, without a server. */
import type { ProblemCode } from '../../shared/api/problems.ts';
import type { Locale, State } from '../../shared/api/state.ts';
import { widgetApi, type Keypad, type TermsDocument } from '../../shared/api/widget.ts';
import { banks, keypad } from './states.ts';

/** `never`: the answer stays out. `lost`: the connection breaks. */
type Silence = 'never' | 'lost';

export type Behaviour = {
  /** How things stand when the widget starts. */
  readonly state?: State;
  /** What comes instead of a state at the start. */
  readonly start?: ProblemCode | Silence;
  /** What comes when the widget asks again how things stand. */
  readonly later?: ProblemCode;
  /** How commands end; otherwise in `answer`, or in the state as it was. */
  readonly commands?: Silence;
  readonly answer?: State;
  /** How the questions for documents, banks and keypads end, if they are not answered. */
  readonly reads?: Silence;
};

/** The sample documents, by language; the gallery's server puts them in. */
declare const __TERMS__: Readonly<Record<Locale, readonly TermsDocument[]>>;

/** Takes the place of `fetch` on this page. Returns how many calls are about to be answered. */
export function answerAs(behaviour: Behaviour, locale: Locale): { open: () => number } {
  let { state } = behaviour;
  let open = 0;

  const answer = (route: string, body: string): unknown => {
    if (route === '/sessions') return behaviour.start ?? { state };
    if (route === '/session/terms') return behaviour.reads ?? { documents: __TERMS__[locale] };
    if (route === '/session/banks') return behaviour.reads ?? { banks };
    if (route === '/session/keypads')
      return behaviour.reads ?? keypad((JSON.parse(body) as Pick<Keypad, 'purpose'>).purpose);
    if (route === '/session') return behaviour.later ?? { state };
    if (!behaviour.commands) state = behaviour.answer ?? state;
    return behaviour.commands ?? { state };
  };

  window.fetch = async (address, init) => {
    const { pathname, search } = new URL(address as string);
    // What the widget waits for in the background does not come here.
    const what = search.includes('wait=')
      ? 'never'
      : answer(pathname.replace(widgetApi, ''), init?.body as string);
    if (what === 'never') return silence(init?.signal);
    open++;
    await new Promise((resolve) => setTimeout(resolve));
    open--;
    if (what === 'lost') {
      // The widget tries again by and by, or at once when the connection is back.
      setTimeout(() => dispatchEvent(new Event('online')));
      throw new TypeError('lost');
    }
    return typeof what === 'string' ? Response.json({ code: what }, { status: 401 }) : Response.json(what);
  };
  return { open: () => open };
}

const silence = (signal: AbortSignal | null | undefined) =>
  new Promise<Response>((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
  });
