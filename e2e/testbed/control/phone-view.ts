import { ringsFor, waitsForDigits, type Call } from '../state/calls.ts';
import { verificationLasts, type PhoneVerification } from '../state/phone-verifications.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import { hectoNumber } from '../state/phones.ts';

export type MessageView = {
  id: string;
  at: string;
  from: string;
  text: string;
  kind: 'sms' | 'pass' | 'bank';
};
export type CallView = {
  id: string;
  at: string;
  from: string;
  state: 'ringing' | 'answered' | 'ended';
  /** Hecto's code, once the call is over: 00, 04, 08, 10, 11, 12, 20. */
  result?: string;
  /** How many digits were keyed in, and are wanted. */
  entered: number;
  wanted: number;
  /** When the call ends by itself, unless something happens. */
  endsAt?: string;
};
export type PassView = {
  id: string;
  at: string;
  expiresAt: string;
  state: 'waiting' | 'approved' | 'declined' | 'expired';
};
/** Everything the virtual phone shows. */
export type PhoneView = {
  number: string;
  /** The testbed's time. */
  now: string;
  on: boolean;
  messages: MessageView[];
  calls: CallView[];
  pass?: PassView;
};

export const messagesOn = (state: TestbedState, number: string): MessageView[] =>
  state.phones.messagesOf(number).map(({ at, ...message }) => ({ ...message, at: at.toISOString() }));

export const callsTo = (state: TestbedState, number: string): CallView[] =>
  state.calls.of(number).map(viewOfCall);

export function viewOfCall(call: Call): CallView {
  const lasts = { ringing: ringsFor, answered: waitsForDigits, ended: undefined }[call.state];
  return {
    id: call.id,
    at: call.at.toISOString(),
    from: hectoNumber,
    state: call.state,
    ...(call.result ? { result: call.result } : {}),
    entered: call.entered.length,
    wanted: call.expected.length,
    ...(lasts === undefined ? {} : { endsAt: new Date(call.movedAt.getTime() + lasts).toISOString() }),
  };
}

function viewOfPass(pass: PhoneVerification, state: TestbedState): PassView {
  const over = pass.state === 'waiting' && state.phoneVerifications.isOver(pass);
  return {
    id: pass.tid,
    at: pass.at.toISOString(),
    expiresAt: new Date(pass.at.getTime() + verificationLasts).toISOString(),
    state: over ? 'expired' : pass.state === 'done' ? 'approved' : pass.state,
  };
}

export function phoneView(state: TestbedState, number: string): PhoneView {
  const pass = state.phoneVerifications.passOf(number);
  return {
    number,
    now: state.now().toISOString(),
    on: state.phones.isOn(number),
    messages: messagesOn(state, number),
    calls: callsTo(state, number),
    ...(pass ? { pass: viewOfPass(pass, state) } : {}),
  };
}
