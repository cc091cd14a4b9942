import autocannon from 'autocannon';
import { interleaved } from './rounds.ts';
import type { Target, TargetName, Targets } from './targets.ts';

/** What one turn at full load came to. */
export type Turn = { readonly perSecond: number; readonly cpuPerRequest: number };
export type FullLoad = Readonly<Record<TargetName, readonly Turn[]>>;

/** As many as a lane of the BFF has connections to Hecto; the others are given as many. */
const connections = 32;
const seconds = 1.5;

/** B1 to B3: everybody in turn, as fast as it goes. Throws when anything but the right answer came. */
export async function measureFullLoad(targets: Targets, rounds: number): Promise<FullLoad> {
  const variants = {
    ...{ bff: () => turn(targets.bff), raw: () => turn(targets.raw) },
    ...{ 'http-proxy': () => turn(targets['http-proxy']), axios: () => turn(targets.axios) },
  };
  // Compilers need to have seen a few thousand requests.
  await interleaved(variants, 2);
  return interleaved(variants, rounds);
}

async function turn(target: Target): Promise<Turn> {
  const { url, path, headers, body, isRight } = target;
  const before = await target.cpuMs();
  const result = await autocannon({
    ...{ url: url + path, method: 'POST', headers, body },
    ...{ connections, duration: seconds, verifyBody: (text: unknown) => isRight(String(text)) },
  });
  const cpuMs = (await target.cpuMs()) - before;
  const right = result['2xx'];
  if (result.non2xx + result.errors + result.timeouts + result.mismatches > 0 || right === 0)
    throw new Error(
      `${url}${path}: ${right} right, ${result.non2xx} not 2xx, ${result.mismatches} wrong, ${result.errors} errors`,
    );
  return { perSecond: right / result.duration, cpuPerRequest: (cpuMs * 1_000) / right };
}
