import type { AnswerOf, EndpointName } from '../../../shared/hecto/endpoints.ts';
import { isServed } from '../state/banks.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import type { Received } from '../wire/receive.ts';
import { success } from '../wire/result-messages.ts';
import { accepted, refused } from '../wire/reply.ts';
import type { Placed } from './orders.ts';

type Answer<N extends EndpointName> = { [K in keyof AnswerOf<N>]: AnswerOf<N>[K] | undefined };

/** What Hecto does when a valid request of one endpoint arrives. */
export type Rule<N extends EndpointName> = (
  request: Received<N>,
  state: TestbedState,
) => { status: string; code: string; fields: Answer<N>; lost?: true };

export { accepted, refused };

/** What an order that was not answered with a success is answered with. */
export function unfinished<F>({ answered, lost }: Placed, fields: F) {
  const refusal =
    answered === success ? { status: '0000', code: success, fields } : refused(answered, fields);
  return lost ? { ...refusal, lost } : refusal;
}

/** Why the bank cannot be asked: Hecto does not serve it, or it is closed. */
export function bankRefusal(bankCode: string, state: TestbedState): string | undefined {
  if (!isServed(bankCode)) return 'ST44';
  return state.maintenance.at(bankCode) ? 'ST11' : undefined;
}

/** Account numbers are digits; the tables call them text. */
export const isAccountNumber = (value: string): boolean => /^\d{9,15}$/.test(value);

/** Whether `uii` is one of the lengths with a real date of birth in it, or a business registration number. */
export function isIdentity(uii: string, personLengths: readonly number[]): boolean {
  if (uii.length === 10) return true;
  const [month, day] = [Number(uii.slice(2, 4)), Number(uii.slice(4, 6))];
  return personLengths.includes(uii.length) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
