import { z } from 'zod';
import { isEndpointName } from '../../../shared/hecto/endpoints.ts';
import { faultKinds, isFaultKind, type FaultKind } from '../faults/kinds.ts';
import { RequestError } from '../http.ts';
import { magicValues } from '../magic-values.ts';
import { streamPhone } from './phone-events.ts';
import { moneyRoutes } from './money-routes.ts';
import { callsTo, messagesOn, phoneView, viewOfCall } from './phone-view.ts';
import { get, parse, post, type Asked, type Route } from './route.ts';

const phoneNumber = z.string().regex(/^01\d{8,9}$/, 'must be a mobile number in digits, like 01012345678');
const customerId = z.string().min(1).max(100);

const numberOf = ({ params }: Asked) => parse(phoneNumber, params['number'], 'number');
const nothing = z.strictObject({}).optional();

const endpointOrAll = z.custom<string>(
  (value) => value === '*' || (typeof value === 'string' && isEndpointName(value)),
  'must be an endpoint name of the contract, or *',
);
const faultBody = z.strictObject({
  endpoint: endpointOrAll,
  kind: z.custom<FaultKind>(
    (value) => typeof value === 'string' && isFaultKind(value),
    `must be one of ${faultKinds.join(', ')}, refuse:STNN`,
  ),
  times: z.number().int().min(1).max(1_000_000).default(1),
  delayMs: z.number().int().min(0).max(600_000).default(0),
  works: z.boolean().optional(),
  orderNumber: z.string().min(1).max(100).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
});

/** Every control call, under `/_testbed`. */
export const routes: readonly Route[] = [
  ...moneyRoutes,
  get('/health', ({ api }) => ({ ok: true, now: api.state.now().toISOString() })),
  get('/magic-values', () => magicValues),

  get('/phones/:number', (asked) => phoneView(asked.api.state, numberOf(asked))),
  get('/phones/:number/messages', (asked) => messagesOn(asked.api.state, numberOf(asked))),
  get('/phones/:number/calls', (asked) => callsTo(asked.api.state, numberOf(asked))),
  get('/phones/:number/events', (asked) =>
    streamPhone(asked.api.state, numberOf(asked), asked.request, asked.response),
  ),
  post('/phones/:number/pass', z.strictObject({ approve: z.boolean() }), ({ approve }, asked) => {
    const { state } = asked.api;
    const pass = state.phoneVerifications.passOf(numberOf(asked));
    if (pass?.state !== 'waiting' || state.phoneVerifications.isOver(pass)) {
      throw new RequestError(409, 'nothing waits for an approval on this phone');
    }
    pass.state = approve ? 'approved' : 'declined';
    state.changes.emit('phone', pass.number);
    return phoneView(state, pass.number).pass;
  }),
  post('/phones/:number/power', z.strictObject({ on: z.boolean() }), ({ on }, asked) => {
    const number = numberOf(asked);
    asked.api.state.phones.switch(number, on);
    asked.api.state.changes.emit('phone', number);
    return phoneView(asked.api.state, number);
  }),
  post(
    '/calls/:id/answer',
    z.union(
      [
        z.strictObject({ hangUp: z.literal(true) }),
        z.strictObject({
          digits: z
            .string()
            .regex(/^\d{0,6}$/, 'must be at most six digits')
            .default(''),
        }),
      ],
      'must be {"digits": "12"}, {} to answer only, or {"hangUp": true}',
    ),
    (body, { params, api: { state } }) => {
      const call = state.calls.byId(params['id'] ?? '');
      if (!call) throw new RequestError(404, 'no such call');
      if (call.state === 'ended') throw new RequestError(409, 'the call is over');
      if ('hangUp' in body) state.calls.hangUp(call);
      else state.calls.answer(call, body.digits);
      state.changes.emit('phone', call.number);
      return viewOfCall(call);
    },
  ),

  post('/faults', faultBody, (body, { api }) => {
    const endpoint = isEndpointName(body.endpoint) ? body.endpoint : '*';
    api.faults.plan({ ...body, endpoint });
    return api.faults.all();
  }),
  get('/faults', ({ api }) => api.faults.all()),
  post('/faults/clear', nothing, (_, { api }) => {
    api.faults.clear();
    return [];
  }),

  get('/requests', ({ api, query }) =>
    api.requests.of(query.get('endpoint') ?? undefined, query.get('orderNumber') ?? undefined),
  ),
  post(
    '/passwords',
    z.strictObject({
      customerId,
      password: z
        .string()
        .regex(/^\d{6}$/, 'must be six digits, or null for none')
        .nullable(),
    }),
    (body, { api: { state } }) => {
      if (body.password === null) state.passwords.delete(body.customerId);
      else state.passwords.set(body.customerId, body.password);
      return { customerId: body.customerId, set: body.password !== null };
    },
  ),
  post(
    '/institution-cancellations',
    z.strictObject({
      accountKey: z.string().min(1),
      institution: z.enum(['1', '4']).default('1'),
      reason: z.enum(['0', '1', '2', '9', 'N']).default('0'),
    }),
    ({ accountKey, institution, reason }, { api: { state } }) => {
      const registration = state.registrations.byKey(accountKey);
      if (!registration) throw new RequestError(404, 'accountKey: no such registration');
      if (registration.ended) throw new RequestError(409, 'accountKey: already ended');
      registration.ended = { at: state.now(), by: 'institution', institution, reason };
      return { accountKey, endedAt: state.now().toISOString() };
    },
  ),
  post('/names', z.strictObject({ strict: z.boolean() }), ({ strict }, { api: { state } }) => {
    state.strictNames = strict;
    return { strict };
  }),
  post(
    '/clock',
    z.strictObject({
      now: z.iso.datetime({ offset: true, message: 'must be an ISO 8601 instant, or null' }).nullable(),
    }),
    ({ now }, { api: { state } }) => {
      state.clock.set(now === null ? null : new Date(now));
      return { now: state.now().toISOString() };
    },
  ),
  post('/reset', nothing, (_, { api }) => {
    api.state.reset();
    api.faults.clear();
    api.requests.clear();
    return { ok: true };
  }),
];
