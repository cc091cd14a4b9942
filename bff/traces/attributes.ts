import type { Attributes } from '@opentelemetry/api';
import type { EventValues } from '../log/log.ts';

/*
 * All that a span ever says. It is taken from the log's events, which let through words from closed lists, patterns of
 * routes, numbers and our own ids only (S84).
 */

export const requestAttributes = ({
  requestId,
  method,
  route,
  status,
  problem,
}: EventValues<'http.answered'>): Attributes => ({
  'http.request.method': method,
  'http.route': route,
  'http.response.status_code': status,
  'onboarding.request_id': requestId,
  'onboarding.problem': problem,
});

export const callAttributes = ({
  endpoint,
  kind,
  reason,
  httpStatus,
  outStatCd,
  outRsltCd,
  requestId,
  intentId,
}: EventValues<'hecto.called'>): Attributes => ({
  'hecto.endpoint': endpoint,
  'hecto.outcome': kind,
  'hecto.reason': reason,
  'hecto.status': outStatCd,
  'hecto.code': outRsltCd,
  'http.response.status_code': httpStatus,
  'onboarding.request_id': requestId,
  'onboarding.intent_id': intentId,
});
