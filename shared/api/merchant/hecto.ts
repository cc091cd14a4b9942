/** Hecto itself: is it there, and any of its calls as they are. */
import { z } from 'zod';
import { endpointNames } from '../../hecto/endpoints.ts';
import { moment } from './fields.ts';
import { operation } from './operation.ts';

export const createTestCall = operation({
  id: 'createTestCall',
  method: 'POST',
  scope: 'manage',
  path: '/v1/test-calls',
  tag: 'Hecto',
  summary: 'See whether Hecto answers',
  answers: { 200: z.object({ ok: z.literal(true), at: moment }).meta({ id: 'TestCall' }) },
  hecto: ['testCall'],
  problems: ['hecto-refused', 'hecto-unavailable', 'hecto_unknown'],
});

export const callHecto = operation({
  id: 'callHecto',
  method: 'POST',
  scope: 'hecto',
  path: '/v1/hecto/{endpointId}',
  tag: 'Hecto',
  summary: "Make one of Hecto's calls as it is",
  description:
    "For what the resources do not cover. Hecto's own field names, plain values: `hdInfo`, `mchtId`, the request's time and `pktHash` are filled in, values are encrypted, the answer is decrypted. It is 200 whether Hecto accepted (`outStatCd` `0021`) or refused. Calls that move money or bind an account need an `Idempotency-Key`.",
  params: z.strictObject({ endpointId: z.string().meta({ enum: endpointNames, example: 'accountList' }) }),
  body: z.looseObject({}).meta({ description: "Hecto's fields; every value is a string." }),
  example: { mchtCustId: 'customer-17', bankCd: '088' },
  answers: {
    200: z
      .looseObject({ outStatCd: z.string(), outRsltCd: z.string().optional() })
      .meta({ id: 'HectoAnswer' }),
  },
  once: 'for-some',
  hecto: endpointNames,
  problems: ['not-found', 'payment-not-authorized', 'hecto-unavailable', 'hecto_unknown'],
});
