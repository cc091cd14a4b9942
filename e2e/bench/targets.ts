import { seal } from '../../bff/hecto/seal.ts';
import { endpointOf } from '../../shared/hecto/endpoints.ts';
import { examples } from '../../shared/hecto/examples.ts';
import { answered, asked, measuredCall } from './job.ts';
import type { Ground, Measured } from './servers.ts';

/** A server that does the job, and how to ask it. */
export type Target = Measured & {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the answer's body: anything else fails the run. */
  readonly isRight: (body: string) => boolean;
};

export type TargetName = 'bff' | 'raw' | 'http-proxy' | 'axios';
export type Targets = Readonly<Record<TargetName, Target>>;

/** Starts everybody who does the job. */
export async function startTargets(ground: Ground): Promise<Targets> {
  const json = { 'content-type': 'application/json' };
  const { mchtCustNm, trdNo } = answered[measuredCall] as Record<string, string>;
  const isPlain = (body: string) => body.includes(`"mchtCustNm":"${mchtCustNm}"`);
  const isSealed = (body: string) => body.includes(String(trdNo)) && !isPlain(body);
  const { aesKey, hashKey, merchantId } = ground.config.hecto;
  const sealed = seal(measuredCall, examples[measuredCall], {
    keys: { aesKey, hashKey },
    ...{ merchantId, now: new Date() },
  });
  return {
    bff: {
      ...(await ground.bff()),
      path: `/v1/hecto/${measuredCall}`,
      headers: { ...json, authorization: 'Bearer sk_local_demo' },
      body: asked,
      isRight: isPlain,
    },
    raw: { ...(await ground.peer('raw')), path: '/check', headers: json, body: asked, isRight: isPlain },
    'http-proxy': {
      ...(await ground.peer('http-proxy')),
      path: endpointOf(measuredCall).path,
      headers: json,
      body: sealed.body,
      isRight: isSealed,
    },
    axios: { ...(await ground.peer('axios')), path: '/check', headers: json, body: asked, isRight: isPlain },
  };
}
