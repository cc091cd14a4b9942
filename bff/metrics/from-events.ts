import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { EventName } from '../log/events.ts';
import type { EventValues } from '../log/log.ts';
import { jobNames } from '../store/jobs.ts';

/** Told of every event, whether it is logged or not, with what the allowlist lets through. */
export type Observer = <N extends EventName>(name: N, values: EventValues<N>) => void;
type Observers = { readonly [N in EventName]?: (values: EventValues<N>) => void };

const moneyAlerts = [
  ...(['echo-mismatch', 'double-withdrawal', 'double-remittance', 'contradiction', 'needs-review'] as const),
];
/** Hecto answers within 32 s, a long poll within 25 s. */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 35];

/**
 * Counts what is logged. The events hold words from closed lists, patterns of routes and numbers only, so labels are
 * bounded and nobody's (S84).
 */
export function observeEvents(registry: Registry): Observer {
  const registers = [registry];
  const counter = <const L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <const L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });

  const requests = histogram('http_request_duration_seconds', 'Requests by route pattern and status.', [
    ...(['method', 'route', 'status'] as const),
  ]);
  const calls = histogram('hecto_call_duration_seconds', 'Calls to Hecto by endpoint and outcome.', [
    ...(['endpoint', 'outcome'] as const),
  ]);
  const steps = counter('onboarding_steps_total', 'Steps that customers reached, and how it ended.', [
    'step',
  ]);
  const fast = counter('onboarding_too_fast_total', 'Accounts registered faster than a person can.');
  const alerts = counter('money_alerts_total', 'What a person must look at today.', ['what']);
  const deliveries = counter('webhook_deliveries_total', 'Attempts to deliver an event, by outcome.', [
    'outcome',
  ]);
  const givenUp = counter('webhook_events_given_up_total', 'Events that only a replay sends again.');
  const disabled = counter('webhook_endpoint_disabled_total', 'How often delivery was switched off.', [
    'because',
  ]);
  const daily = counter('daily_job_runs_total', 'Runs of daily jobs, by outcome.', ['job', 'outcome']);
  const differences = new Gauge({
    ...{ name: 'reconciliation_differences', registers },
    help: 'Differences between our ledger and Hecto in the last report made here.',
  });
  const security = counter('security_events_total', 'Security events, by kind.', ['what']);
  const policies = counter('page_policy_broken_total', 'Reports of browsers about our pages, by directive.', [
    'directive',
  ]);
  const faults = counter('faults_total', 'Errors that nobody foresaw.');
  const refusedSecrets = counter('secrets_refused_total', 'Replaced secrets that cannot be used.');
  const unreadable = counter('vault_unreadable_total', 'Sealed values that no key opens.');
  const lost = counter('database_connections_lost_total', 'Connections to the database that broke.');
  const overloaded = new Gauge({
    ...{ name: 'app_overloaded', registers },
    help: '1 while new orders are turned away because there is too much to do.',
  });

  // What an alert waits for is there from the beginning: from nothing to one is no increase.
  for (const what of moneyAlerts) alerts.inc({ what }, 0);
  for (const because of ['gone', 'failing'] as const) disabled.inc({ because }, 0);
  for (const job of jobNames) daily.inc({ job, outcome: 'failed' }, 0);
  differences.set(0);

  const observers: Observers = {
    'http.answered': ({ method, route = 'none', status, ms }) =>
      requests.observe({ method, route, status }, ms / 1_000),
    'hecto.called': ({ endpoint, kind: outcome, durationMs }) =>
      calls.observe({ endpoint, outcome }, durationMs / 1_000),
    'journey.moved': ({ from, to: step }) => {
      if (from !== step) steps.inc({ step });
    },
    'journey.too-fast': () => fast.inc(),
    alert: ({ what }) => alerts.inc({ what }),
    'money.contradiction': () => alerts.inc({ what: 'contradiction' }),
    'money.needs-review': () => alerts.inc({ what: 'needs-review' }),
    'webhook.attempted': ({ outcome }) => deliveries.inc({ outcome }),
    'webhook.given-up': () => givenUp.inc(),
    'webhook.endpoint-disabled': ({ because }) => disabled.inc({ because }),
    'daily.ran': ({ job, outcome }) => daily.inc({ job, outcome }),
    'reconciliation.made': ({ differences: found }) => differences.set(found),
    security: ({ what }) => security.inc({ what }),
    'page.policy-broken': ({ directive }) => policies.inc({ directive }),
    fault: () => faults.inc(),
    'secrets.refused': () => refusedSecrets.inc(),
    'vault.unreadable': ({ values }) => unreadable.inc(values),
    'database.connection-lost': () => lost.inc(),
    'app.overloaded': () => overloaded.set(1),
    'app.recovered': () => overloaded.set(0),
  };
  return (name, values) => observers[name]?.(values);
}
