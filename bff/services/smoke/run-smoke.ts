import { randomBytes } from 'node:crypto';
import { status } from '../../../shared/hecto/codes.ts';
import type { AnswerOf, EndpointName, RequestOf } from '../../../shared/hecto/endpoints.ts';
import { maintenanceAt } from '../../../shared/hecto/opening-hours.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import type { Config } from '../../config.ts';
import { createHectoClient, type HectoClient } from '../../hecto/client.ts';
import { HectoError } from '../../hecto/errors.ts';

/** One call and whether Hecto did what its contract says. */
export type SmokeLine = {
  readonly call: EndpointName;
  /** What is worth knowing about the request; no value of a person, no hash. */
  readonly sent: string;
  readonly expected: string;
  readonly got: string;
  readonly ms: number;
  readonly passed: boolean;
};

/** Hecto's testbed says this of every account. */
const everyone = '홍길동';
/** Nobody's: the testbed does not look at it. */
const accountNumber = '110234567890';

const success = status.accepted;
const wrongHash = { status: status.refused, code: 'ST09' } as const;

/**
 * Makes the five calls with which a contract shows that it works, by the client that the BFF itself uses: none of them
 * moves money or writes to anybody. The lines are in the order of the calls; one that fails does not keep the next back.
 */
export async function runSmoke(hecto: Config['hecto'], clock: () => Date): Promise<SmokeLine[]> {
  const client = createHectoClient({ ...hecto, clock });
  const stranger = createHectoClient({ ...hecto, hashKey: randomBytes(16).toString('hex'), clock });
  try {
    const mchtTrdNo = newOrderNumber('SMK', clock(), randomBytes);
    const alive = await ask(client, 'testCall', { mchtTrdNo }, { sent: 'no hash' });

    let bankCd = '004';
    const banks = await ask(
      client,
      'bankList',
      {},
      {
        sent: 'hash',
        expected: `${success}, banks in use`,
        judge(answer) {
          const inUse = (answer.bankRecords ?? []).filter(({ recordUseYn }) => recordUseYn === 'Y');
          const open = inUse.find(({ recordBankCd: code }) => code && !maintenanceAt(code, clock()));
          bankCd = open?.recordBankCd ?? bankCd;
          return { said: `${inUse.length} banks in use`, isRight: inUse.length > 0 };
        },
      },
    );
    const bank = `bankCd ${bankCd}`;
    const maintenance = await ask(
      client,
      'bankMaintenance',
      { pktDivCd: 'RE', bankCd },
      {
        sent: `${bank}, pktDivCd RE`,
        expected: `${success}, or ST11 while the bank is closed`,
        allowed: ['ST11'],
      },
    );
    const refused = await ask(
      stranger,
      'bankList',
      {},
      { sent: 'a wrong hash', expected: `${wrongHash.status} ${wrongHash.code}`, refusal: wrongHash.code },
    );
    const holder = await ask(
      client,
      'accountHolderNameInquiry',
      { mchtCustId: 'smoke', bankCd, custAcntNo: accountNumber },
      {
        sent: `${bank}, encrypted account, no name`,
        expected: `${success}, ${everyone}`,
        judge({ mchtCustNm }) {
          const isRight = mchtCustNm === everyone;
          const said = mchtCustNm === undefined ? 'no name that opens' : isRight ? everyone : 'another name';
          return { said, isRight };
        },
      },
    );
    return [alive, banks, maintenance, refused, holder];
  } finally {
    await Promise.all([client.close(), stranger.close()]);
  }
}

type Expectation<N extends EndpointName> = {
  readonly sent: string;
  readonly expected?: string;
  /** Looks at an accepted answer. */
  readonly judge?: (answer: AnswerOf<N>) => { readonly said: string; readonly isRight: boolean };
  /** Refusals that are as good as success. */
  readonly allowed?: readonly string[];
  /** Nothing but this refusal is right. */
  readonly refusal?: string;
};

async function ask<N extends EndpointName>(
  client: HectoClient,
  call: N,
  request: RequestOf<N>,
  { sent, expected = success, judge, allowed = [], refusal }: Expectation<N>,
): Promise<SmokeLine> {
  const begun = performance.now();
  const line = (got: string, passed: boolean): SmokeLine => ({
    call,
    sent,
    expected,
    got,
    ms: Math.round(performance.now() - begun),
    passed,
  });
  try {
    const outcome = await client.call(call, request);
    if (outcome.kind === 'refused')
      return line(
        `${outcome.status} ${outcome.code}`,
        outcome.code === refusal || allowed.includes(outcome.code),
      );
    const judged = judge?.(outcome.answer);
    const isRight = refusal === undefined && (judged?.isRight ?? true);
    return line(judged ? `${success}, ${judged.said}` : success, isRight);
  } catch (error) {
    // Its message holds names only.
    if (error instanceof HectoError) return line(error.message.replace(`${call}: `, ''), false);
    throw error;
  }
}
