import { callHecto, createTestCall } from '../../../shared/api/merchant/hecto.ts';
import { endpointOf, isEndpointName, type EndpointName } from '../../../shared/hecto/endpoints.ts';
import { kstIso } from '../../../shared/values/kst.ts';
import { Problem } from '../../http/problem.ts';
import { createCallHectoRaw } from '../../services/call-hecto-raw.ts';
import { createBanks } from '../../services/merchant/banks.ts';
import type { MerchantDeps } from '../../services/merchant/merchant-deps.ts';
import { notAuthorized } from '../../services/money/place-intent.ts';
import { serve, serveOnce, type Served } from './serve.ts';

/** Hecto as it is: any of the 32 calls with Hecto's own field names, and the call that only asks for an answer. */
export function hectoCalls(deps: MerchantDeps): Served[] {
  const callHectoRaw = createCallHectoRaw(deps.hecto);
  const { testCall } = createBanks(deps);
  return [
    serveOnce(
      callHecto,
      async ({ params, body }) => {
        const endpoint = endpointIn(params.endpointId);
        // No way round the customer's approval.
        if (endpoint === 'payment' && deps.config.paymentAuthorization === 'required') {
          throw notAuthorized('Payments go through POST /v1/payments, with a paymentAuthorization.');
        }
        return { status: 200, body: await callHectoRaw(endpoint, body) };
      },
      ({ params }) => endpointOf(endpointIn(params.endpointId)).effect === 'once',
    ),
    serve(createTestCall, async () => {
      await testCall();
      return { status: 200, body: { ok: true, at: kstIso(deps.clock()) } };
    }),
  ];
}

function endpointIn(name: string): EndpointName {
  if (!isEndpointName(name)) throw new Problem('not-found');
  return name;
}
