/** Things a merchant has before it makes a call: made at Hecto's side through the raw calls. */
import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { Answer, System } from './start-system.ts';

let count = 0;
const next = () => (count += 1);

/** A customer nobody has seen before. */
export const newCustomer = (): string => `merchant-customer-${next()}`;
/** A phone that nothing was sent to yet. */
export const newPhone = (): string => `0107${String(next()).padStart(7, '0')}`;
export const newOrder = (): string => `WORLD-${next()}`;
/** An account at a bank that is open. One that nobody opened is in the name of 홍길동, like the customers here. */
export const newAccount = () => ({
  bankCode: '088',
  accountNumber: `11066${String(next()).padStart(7, '0')}`,
});

export async function raw(
  system: System,
  endpoint: EndpointName,
  fields: Record<string, string>,
): Promise<Record<string, string>> {
  const { status, body } = await system.merchant('POST', `/v1/hecto/${endpoint}`, fields);
  if (status !== 200 || body['outStatCd'] !== '0021') throw new Error(`${endpoint}: ${JSON.stringify(body)}`);
  return body as Record<string, string>;
}

/** A customer with a registered account. */
export async function registered(system: System) {
  const customerId = newCustomer();
  const { bankCode, accountNumber } = newAccount();
  const answer = await raw(system, 'merchantAccountRegistration', {
    mchtTrdNo: newOrder(),
    payerNo: 'TESTMCHT00000001',
    mchtCustId: customerId,
    mchtCustNm: '홍길동',
    uii: '920315',
    bankCd: bankCode,
    custAcntNo: accountNumber,
  });
  return { customerId, bankCode, accountNumber, accountKey: answer['custAcntKey']! };
}

/** A customer with a payment of 1000 won that repeats. */
export async function withRecurring(system: System) {
  const { customerId, bankCode } = await registered(system);
  const orderNumber = newOrder();
  const answer = await raw(system, 'payment', {
    mchtTrdNo: orderNumber,
    mchtCustId: customerId,
    bankCd: bankCode,
    trdAmt: '1000',
    rglPmtYn: 'Y',
  });
  return { customerId, orderNumber, trdNo: answer['trdNo']!, recurringPaymentKey: answer['rglChrgKey']! };
}

export async function remitted(system: System): Promise<string> {
  const orderNumber = newOrder();
  await raw(system, 'remittance', {
    mchtTrdNo: orderNumber,
    ...{ bankCd: '088', custAcntNo: '110432109876', custAcntSumry: '정산금', trdAmt: '700' },
  });
  return orderNumber;
}

/** Hecto knows this payment password of a new customer. */
export async function withPassword(system: System, password = '482913'): Promise<string> {
  const customerId = newCustomer();
  await system.control('/passwords', { customerId, password });
  return customerId;
}

const person = (phoneNumber: string, method: string) => ({
  name: '홍길동',
  birthDate: '1992-03-15',
  genderDigit: '2',
  carrier: 'skt',
  phoneNumber,
  method,
});
export const phoneRequest = (method = 'sms', phoneNumber = newPhone()) => ({
  customerId: newCustomer(),
  ...person(phoneNumber, method),
});

/** A started phone verification with its code. */
export async function phoneStarted(system: System, request = phoneRequest()) {
  const { body } = await created(system, '/v1/phone-verifications', request);
  const messages = await system.control<{ text: string }[]>(`/phones/${request.phoneNumber}/messages`);
  const code = /\[(\d{6})\]/.exec(messages.at(-1)!.text)?.[1] ?? '';
  return { id: String(body['id']), code, customerId: request.customerId, phoneNumber: request.phoneNumber };
}

export const ownershipRequest = (customerId = newCustomer()) => ({ customerId, ...newAccount() });

/** One won was deposited with a code, which the bank told the customer's phone. */
export async function deposited(system: System, change: object = {}) {
  const { customerId, phoneNumber } = await phoneStarted(system);
  const { body } = await created(system, '/v1/ownership-checks', {
    ...ownershipRequest(customerId),
    ...change,
  });
  const messages = await system.control<{ text: string }[]>(`/phones/${phoneNumber}/messages`);
  const code = / (\S+) 1원/.exec(messages.at(-1)!.text)?.[1] ?? '';
  return { id: String(body['id']), code, customerId };
}

export const callRequest = (phoneNumber = newPhone()) => ({
  customerId: newCustomer(),
  ...newAccount(),
  holderName: '홍길동',
  phoneNumber,
});

/** A phone rings; the customer has done nothing yet. */
export async function ringing(system: System, change: object = {}) {
  const request = { ...callRequest(), ...change };
  const { body } = await created(system, '/v1/ars-calls', request);
  const calls = await system.control<{ id: string }[]>(`/phones/${request.phoneNumber}/calls`);
  const act = (action: object) => system.control(`/calls/${calls.at(-1)!.id}/answer`, action);
  return { id: String(body['id']), digits: String(body['digits']), act };
}

async function created(system: System, path: string, body: object): Promise<Answer> {
  const answer = await system.merchant('POST', path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer;
}
