import { afterAll, beforeAll, beforeEach } from 'vitest';
import { startTestbed, type Testbed } from '../testbed.ts';
import { TestCaller, type Opened } from './caller.ts';

const tenOClock = new Date('2026-11-23T10:00:00+09:00');

export const customer = { mchtCustId: 'cust-1' };
export const account = { bankCd: '088', custAcntNo: '110432109876' };
export const person = { mchtCustNm: '김민서', uii: '920315' };
export const phone = '01012345678';

type PurseSeen = {
  accountNumber: string;
  opening: number;
  balance: number;
  statement: { at: string; amount: number; text: string; orderNumber?: string }[];
};
export type LedgerSeen = {
  remittanceOpening: number;
  remittanceBalance: number;
  accounts: PurseSeen[];
  orders: { kind: string; orderNumber: string; amount: number; state: string; code: string; moves: number }[];
};

/** A testbed for the tests of one file: empty, and at ten o'clock, before each of them. */
export class TestbedInUse extends TestCaller {
  testbed!: Testbed;
  time = tenOClock;
  #orders = 0;

  constructor() {
    super('', () => this.time);
  }

  pass(seconds: number): void {
    this.time = new Date(this.time.getTime() + seconds * 1000);
  }
  /** A new order number. */
  order = (): { mchtTrdNo: string } => ({ mchtTrdNo: `OID${String(++this.#orders)}` });

  askForCode(method: '1' | '2' = '1', number = phone): Promise<Opened> {
    return this.call('mobileVerificationRequest', {
      ...customer,
      ...person,
      uii: '9203152',
      telecomCd: '1',
      cphoneNo: number,
      authMthdCd: method,
    });
  }
  async codeOnPhone(): Promise<string> {
    const messages = await this.control<{ text: string }[]>(`/phones/${phone}/messages`);
    return /\[(\d{6})\]/.exec(messages.at(-1)?.text ?? '')?.[1] ?? 'no code';
  }
  checkCode({ tid = '', trdNo = '' }: Record<string, string>, authNo?: string): Promise<Opened> {
    return this.call('mobileVerificationCheck', { tid, trdNo, ...(authNo ? { authNo } : {}) });
  }
  async verifyPhone(): Promise<Opened> {
    return this.checkCode(await this.askForCode(), await this.codeOnPhone());
  }

  ring(authNo = '48'): Promise<Opened> {
    const { mchtCustNm } = person;
    return this.call('arsRequest', {
      ...customer,
      ...account,
      ...this.order(),
      mchtCustNm,
      authNo,
      cphoneNo: phone,
    });
  }
  async lastCall(): Promise<{ id: string; state: string; result?: string }> {
    const calls = await this.control<{ id: string; state: string }[]>(`/phones/${phone}/calls`);
    const call = calls.at(-1);
    if (!call) throw new Error('The phone never rang');
    return call;
  }
  async answerCall(body: object): Promise<void> {
    const { id } = await this.lastCall();
    await this.control(`/calls/${id}/answer`, body);
  }

  /** Registers the account; by written consent unless said otherwise. */
  register(change: Record<string, string> = {}): Promise<Opened> {
    return this.call('accountRegistration', {
      ...customer,
      ...account,
      ...this.order(),
      ...person,
      authMthdCd: 'WR',
      ...change,
    });
  }
  /** A registered account of 홍길동 with a million won; its key. */
  async registered(accountNumber = account.custAcntNo): Promise<string> {
    const answer = await this.register({ mchtCustNm: '홍길동', custAcntNo: accountNumber });
    return answer['custAcntKey'] ?? '';
  }
  pay(custAcntKey: string, trdAmt: string, change: Record<string, string> = {}): Promise<Opened> {
    const { bankCd } = account;
    return this.call('payment', { ...customer, bankCd, ...this.order(), custAcntKey, trdAmt, ...change });
  }
  refund(trdNo = '', trdAmt = '', change: Record<string, string> = {}): Promise<Opened> {
    return this.call('paymentCancel', { ...customer, ...this.order(), trdNo, trdAmt, ...change });
  }
  charge(rglChrgKey: string, trdAmt: string, change: Record<string, string> = {}): Promise<Opened> {
    return this.call('recurringPaymentApproval', {
      ...customer,
      ...this.order(),
      rglChrgKey,
      trdAmt,
      ...change,
    });
  }
  /** The key of a recurring payment whose first instalment was a hundred won. */
  async recurring(custAcntKey: string): Promise<string> {
    return (await this.pay(custAcntKey, '100', { rglPmtYn: 'Y' }))['rglChrgKey'] ?? '';
  }
  remit(trdAmt: string, change: Record<string, string> = {}): Promise<Opened> {
    return this.call('remittance', {
      ...this.order(),
      bankCd: '004',
      custAcntNo: '00120412345678',
      custAcntSumry: '정산금',
      trdAmt,
      ...change,
    });
  }
  /** What became of today's payment, or with pktDivCd AR of today's remittance. */
  result(mchtTrdNo: string, change: Record<string, string> = {}): Promise<Opened> {
    return this.call('transactionResult', { pktDivCd: 'RP', mchtTrdNo, mchtTrdDt: '20261123', ...change });
  }
  history(pktDivCd: string, mchtTrdNo: string): Promise<Opened> {
    return this.call('transactionHistory', { pktDivCd, mchtTrdNo, mchtTrdDt: '20261123' });
  }
  ledger(query = ''): Promise<LedgerSeen> {
    return this.control(`/ledger${query}`);
  }
  /** Every order under a number, as the testbed knows it. */
  async ordersOf(mchtTrdNo: string): Promise<LedgerSeen['orders']> {
    return (await this.ledger(`?orderNumber=${mchtTrdNo}`)).orders;
  }
  /** What is on the account. */
  async balance(accountNumber = account.custAcntNo): Promise<number> {
    const found = await this.control<{ balance: number }>(`/accounts/${account.bankCd}/${accountNumber}`);
    return found.balance;
  }
}

export function useTestbed(): TestbedInUse {
  const hecto = new TestbedInUse();
  beforeAll(async () => {
    hecto.testbed = await startTestbed({ port: 0, clock: () => hecto.time });
    hecto.url = hecto.testbed.url;
  });
  afterAll(() => hecto.testbed.close());
  beforeEach(async () => {
    hecto.time = tenOClock;
    await hecto.control('/reset', {});
  });
  return hecto;
}
