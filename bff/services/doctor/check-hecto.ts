import { randomBytes } from 'node:crypto';
import { isAboutTheService, refusalOf } from '../../../shared/hecto/codes.ts';
import type { EndpointName, RequestOf } from '../../../shared/hecto/endpoints.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import type { Config } from '../../config.ts';
import { createHectoClient, type HectoClient, type Outcome } from '../../hecto/client.ts';
import { HectoError, Unknown } from '../../hecto/errors.ts';
import { ask } from './ask.ts';
import { compareClocks } from './compare-clocks.ts';
import { finding, type Finding } from './finding.ts';
import { reach } from './reach.ts';

const timeouts = { connectMs: 3_000, totalMs: 10_000 };

/**
 * Goes the way to Hecto one step after the other and stops at the first that fails: name, connection, certificate, then
 * three calls that change nothing, each of which needs one more key than the one before.
 */
export async function checkHecto(
  { hecto: config, hectoEnv }: Pick<Config, 'hecto' | 'hectoEnv'>,
  clock: () => Date,
): Promise<Finding[]> {
  const url = new URL(config.baseUrl);
  const reached = await reach(url);
  const where = { variable: 'HECTO_BASE_URL', host: url.hostname };
  if (reached === 'no-name' || reached === 'no-trust') return [finding(`hecto.${reached}`, where)];
  if (reached !== 'reached')
    return [finding(hectoEnv === 'local' ? 'hecto.no-testbed' : 'hecto.no-connection', where)];

  const answered = await ask(url, 'HEAD', clock);
  const clocks =
    answered?.aheadMs === undefined
      ? finding('clock.hecto-untold')
      : compareClocks('hecto', answered.aheadMs, clock());
  const client = createHectoClient({ ...config, clock, timeouts });
  try {
    return [clocks, finding('hecto.reached', where), ...(await call(client, clock))];
  } finally {
    await client.close();
  }
}

async function call(client: HectoClient, clock: () => Date): Promise<Finding[]> {
  const alive = await told(client, 'testCall', { mchtTrdNo: newOrderNumber('DOC', clock(), randomBytes) });
  if (alive.kind !== 'accepted') return [alive.because('hecto.merchant-refused')];

  const banks = await told(client, 'bankList', {});
  if (banks.kind !== 'accepted') return [finding('hecto.alive'), banks.because('hecto.hash-key')];
  const count = banks.answer.bankRecords?.length ?? 0;
  const hashed = [finding('hecto.alive'), finding(count > 0 ? 'hecto.banks' : 'hecto.no-banks', { count })];

  // Of a customer whom nobody has: the id travels encrypted, so only the right AES key is understood.
  const accounts = await told(client, 'accountList', { mchtCustId: 'hecto-onboarding-doctor' });
  if (accounts.kind === 'accepted') return [...hashed, finding('hecto.aes-key-fits')];
  return [...hashed, accounts.because('hecto.aes-key', 'hecto.aes-key-unproven')];
}

type Told<N extends EndpointName> =
  | Extract<Outcome<N>, { kind: 'accepted' }>
  | {
      readonly kind: 'other';
      /** Why not: `wrong` when Hecto says that the request is, `otherwise` for a refusal that says nothing about it. */
      because(wrong: Finding['code'], otherwise?: Finding['code']): Finding;
    };

const requestIsWrong = 'ST09';

async function told<N extends EndpointName>(
  client: HectoClient,
  name: N,
  request: RequestOf<N>,
): Promise<Told<N>> {
  try {
    const outcome = await client.call(name, request);
    if (outcome.kind === 'accepted') return outcome;
    const { code } = outcome;
    const isAboutThem = isAboutTheService(refusalOf(name, code));
    return {
      kind: 'other',
      because(wrong, otherwise = 'hecto.refused') {
        const which = isAboutThem ? 'hecto.closed' : code === requestIsWrong ? wrong : otherwise;
        return finding(which, { call: name, code });
      },
    };
  } catch (error) {
    if (!(error instanceof HectoError)) throw error;
    const isHttp = error instanceof Unknown && error.reason === 'http-status';
    const reason = isHttp ? `HTTP ${error.httpStatus ?? ''}` : reasonOf(error);
    return { kind: 'other', because: () => finding('hecto.no-answer', { call: name, reason }) };
  }
}

const reasonOf = (error: HectoError): string =>
  'reason' in error && typeof error.reason === 'string' ? error.reason : 'not sent';
