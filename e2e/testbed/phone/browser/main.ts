import type { CallView, MessageView, PhoneView } from '../../control/phone-view.ts';
import { callScreen } from './call-screen.ts';
import { act, follow, type Connection } from './connection.ts';
import { element, icon, icons } from './element.ts';
import { frame } from './handset.ts';
import { lockScreen } from './lock-screen.ts';
import { messagesScreen } from './messages-screen.ts';
import { passScreen } from './pass-screen.ts';
import { Ring } from './ring.ts';
import { agoOf, clockOf, endingOf, spaced } from './words.ts';

type Place = { at: 'lock' } | { at: 'messages'; from: string } | { at: 'pass' };

/** How long the end of a call stays on the screen. */
const lingers = 4000;

const ring = new Ring();
const handset = frame({ number: startNumber(), choose, power, home, sound });
document.body.append(handset.root);

let connection: Connection | undefined;
let view: PhoneView | undefined;
/** The testbed's clock less ours. */
let ahead = 0;
let place: Place = { at: 'lock' };
let typed = '';
let answeredAt = 0;
/** The call that was last on the screen, and when it was seen to end. */
let shown: { id: string; endedAt?: number } | undefined;
let drawn = '';

const now = () => new Date(Date.now() + ahead);

function startNumber(): string {
  const asked = new URLSearchParams(location.search).get('number') ?? '';
  return /^01\d{8,9}$/.test(asked) ? asked : '01012345678';
}

function choose(number: string): void {
  connection?.close();
  [view, place, typed, shown, drawn] = [undefined, { at: 'lock' }, '', undefined, ''];
  history.replaceState(null, '', `?number=${number}`);
  document.title = `${spaced(number)} · 가상 휴대폰`;
  connection = follow(number, { seen, connected: (yes) => handset.connected(yes) });
}

function power(): void {
  if (view) act(`/phones/${view.number}/power`, { on: !view.on });
}
function home(): void {
  place = { at: 'lock' };
  draw();
}
function sound(): void {
  ring.silent = !ring.silent;
  handset.soundIs(!ring.silent);
}

function seen(next: PhoneView): void {
  const before = view;
  view = next;
  ahead = new Date(next.now).getTime() - Date.now();
  const call = next.calls.at(-1);
  if (call && call.state !== 'ended' && shown?.id !== call.id) {
    shown = { id: call.id };
    typed = '';
    handset.say('헥토파이낸셜에서 전화가 왔습니다.');
  }
  if (call?.state === 'answered' && !answeredAt) answeredAt = Date.now();
  if (call?.state !== 'answered') answeredAt = 0;
  if (call?.state === 'ended' && shown?.id === call.id && shown.endedAt === undefined) {
    shown.endedAt = Date.now();
    handset.say(endingOf(call).join('. '));
  }
  const message = next.messages.at(-1);
  if (before && message && message.id !== before.messages.at(-1)?.id) {
    handset.say(`새 알림. ${message.text}`);
    if (message.kind === 'pass') place = { at: 'pass' };
  }
  draw();
}

/** The call that fills the screen, if one does. */
function callOnScreen(): CallView | undefined {
  const call = view?.calls.at(-1);
  if (!call || call.id !== shown?.id) return undefined;
  const lingered = call.state === 'ended' && Date.now() - (shown.endedAt ?? 0) > lingers;
  return lingered ? undefined : call;
}

function open(message: MessageView): void {
  place = message.kind === 'pass' ? { at: 'pass' } : { at: 'messages', from: message.from };
  draw();
}

const actionsFor = ({ id }: CallView) => ({
  answer: () => act(`/calls/${id}/answer`, {}),
  hangUp: () => act(`/calls/${id}/answer`, { hangUp: true }),
  press: (digit: string) => {
    typed += digit;
    act(`/calls/${id}/answer`, { digits: digit });
    draw();
  },
});

function screen(): HTMLElement {
  if (!view) return element('div', { class: 'lock' }, element('p', { class: 'lock-hint' }, '연결 중'));
  if (!view.on) {
    return element('div', { class: 'off' }, icon(icons.power), element('p', {}, '전원이 꺼져 있어요'));
  }
  const call = callOnScreen();
  if (call) {
    const seconds = answeredAt ? Math.floor((Date.now() - answeredAt) / 1000) : 0;
    return callScreen(call, typed, seconds, actionsFor(call));
  }
  if (place.at === 'messages') return messagesScreen(view, place.from, home);
  if (place.at === 'pass' && view.pass) {
    const { number } = view;
    const decide = (approve: boolean) => act(`/phones/${number}/pass`, { approve });
    return passScreen(view.pass, now(), { decide, close: home });
  }
  return lockScreen(view, now(), { open });
}

/** Draws when something that is visible changed; the focused control keeps the focus. */
function draw(): void {
  const call = callOnScreen();
  ring.set(call?.state === 'ringing' && view?.on === true);
  const seconds = Math.floor(Date.now() / 1000);
  const ticking = call?.state === 'answered' || (place.at === 'pass' && view?.pass?.state === 'waiting');
  const minute = clockOf(now());
  const ages = view?.messages.map(({ at }) => agoOf(new Date(at), now()));
  const picture = JSON.stringify([
    { ...view, now: '' },
    place,
    typed,
    call,
    minute,
    ages,
    ticking && seconds,
  ]);
  if (picture === drawn) return;
  drawn = picture;
  handset.clockIs(minute);
  handset.show(screen(), {
    dark: call !== undefined || view?.on === false,
    plain: !call && place.at !== 'lock',
    name: call ? `call-${call.state}` : place.at,
  });
}

document.addEventListener('keydown', ({ key, target }) => {
  const call = callOnScreen();
  if (target instanceof HTMLInputElement || call?.state !== 'answered' || !/^\d$/.test(key)) return;
  actionsFor(call).press(key);
});
for (const gesture of ['pointerdown', 'keydown'] as const) {
  document.addEventListener(gesture, () => ring.unlock(), { once: true });
}
setInterval(draw, 500);
choose(startNumber());
