import express from 'express';
import { widgetApi } from '../shared/api/widget.ts';
import { passBy, type Checkpoint } from './checkpoint.ts';
import type { Config } from './config.ts';
import { createHectoClient } from './hecto/client.ts';
import type { Resilience } from './hecto/lanes.ts';
import type { Timeouts as HectoTimeouts } from './hecto/transport.ts';
import { answerErrors, notFound } from './http/answer-errors.ts';
import { merchantKey } from './http/merchant-key.ts';
import { plainRequestsOnly } from './http/methods.ts';
import { readJson } from './http/read-json.ts';
import { requestId } from './http/request-id.ts';
import { apiHeaders } from './http/security-headers.ts';
import { closeGracefully, createHttpServer, listen } from './http/server.ts';
import { shedLoad, watchLoad } from './http/shed-load.ts';
import { widgetOrigin } from './http/widget-origin.ts';
import { widgetSession } from './http/widget-session.ts';
import { createLog } from './log/log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { readOfThisMoment } from './metrics/of-this-moment.ts';
import { createDocsRouter } from './routes/docs.ts';
import { createExchangeRouter } from './routes/onboarding/exchange.ts';
import { createHealthRouter } from './routes/health.ts';
import { createMerchantRouter } from './routes/merchant/serve.ts';
import { servedCalls } from './routes/merchant/served.ts';
import { createOperatorServer } from './routes/ops/operator-server.ts';
import { createPagesRouter } from './routes/onboarding/pages.ts';
import { createPolicyReportsRouter } from './routes/onboarding/policy-reports.ts';
import { readBuiltWidget } from './routes/onboarding/widget-files.ts';
import { openWidgetReleases } from './routes/onboarding/widget-releases.ts';
import { createWidgetRouter } from './routes/onboarding/widget.ts';
import { cancelledAccountsJob } from './services/daily/cancelled-accounts.ts';
import { startDailyWorker } from './services/daily/daily-worker.ts';
import { createIdempotently } from './services/idempotently.ts';
import { startKeyWorker } from './services/keys/key-worker.ts';
import { startSecretsWorker, type Secrets } from './services/keys/secrets-worker.ts';
import { startMoneyWorker } from './services/money/money-worker.ts';
import { createPlacing } from './services/money/place-intent.ts';
import { reconciliationJob } from './services/reconciliation/reconciliation-job.ts';
import { startSessionSweeper } from './services/onboarding/expire-sessions.ts';
import { startRetentionWorker } from './services/retention/retention-worker.ts';
import { startJourneyWorker } from './services/onboarding/journey-worker.ts';
import { startWebhookWorker } from './services/webhooks/webhook-worker.ts';
import { openStore } from './store/store.ts';
import type { TraceConfig } from './trace-config.ts';
import type { Traces } from './traces/traces.ts';

export type Deps = {
  readonly clock: () => Date;
  /** Reads the secrets anew, so that they can be replaced while running (S06); left out, they stay. Throws a ConfigError. */
  readonly readSecrets?: () => Secrets;
  /** Where log lines go; standard output if left out. */
  readonly logStream?: NodeJS.WritableStream;
  /** For tests of crashes: see `checkpoints`. */
  readonly checkpoint?: Checkpoint | undefined;
  /** Left out or true: with everything that only makes it faster (docs/performance.md). */
  readonly levers?: boolean | undefined;
  /** For tests that cannot wait as long as a customer would. */
  readonly timings?: Timings | undefined;
};

export type Timings = {
  /** How long a request waits for the outcome of an intent before it answers `processing`. */
  readonly answerWithinMs?: number;
  readonly hecto?: HectoTimeouts;
  /** How long a stop leaves idle connections to whoever holds them. */
  readonly idleMs?: number;
  /** How often an instance looks for new keys at rest. */
  readonly keysEveryMs?: number;
  /** How often an instance looks for replaced secrets. */
  readonly secretsEveryMs?: number;
  /** How often spans are sent. */
  readonly tracesEveryMs?: number;
  /** For tests in which Hecto fails more often than our breakers would let it. */
  readonly resilience?: Partial<Resilience>;
};

export type BffApp = {
  /** Rejects with the system's error, e.g. EADDRINUSE. */
  listen(): Promise<{ url: string; metricsUrl?: string; opsUrl?: string }>;
  /** Takes the secrets that the environment's files hold now, at once. */
  rereadSecrets(): Promise<void>;
  /** Stops: not ready at once, running requests get `patienceMs` to finish. Tells whether all did. */
  close(): Promise<boolean>;
};

const patienceMs = 35_000;

/** Builds every part and hands it to the next. Throws a ConfigError for what the operator can mend. */
export async function createApp(
  config: Config,
  { clock, readSecrets = () => config, logStream, checkpoint = passBy, levers = true, timings = {} }: Deps,
): Promise<BffApp> {
  const widget = readBuiltWidget();
  const metrics = config.metrics && createMetrics({ version: widget.version, environment: config.hectoEnv });
  const traces = config.traces && (await openTraces(config.traces));
  const log = createLog(config.logLevel, clock, logStream, (name, values) => {
    metrics?.observe(name, values);
    traces?.observe(name, values);
  });
  const store = await openStore({ ...config, merchantId: config.hecto.merchantId }, { log, checkpoint });
  const hecto = createHectoClient({
    ...config.hecto,
    ...(timings.hecto && { timeouts: timings.hecto }),
    ...(timings.resilience && { resilience: timings.resilience }),
    clock,
    log: (call) => log.event('hecto.called', call),
    onLaneChange: (lane, change) => log.event(`hecto.lane-${change}`, { lane }),
    onAlert: (alert) => log.event('alert', alert),
  });
  const idempotently = createIdempotently({ store, clock });
  const deps = { config, store, hecto, clock, log, checkpoint, idempotently };
  const money = { ...deps, answerWithinMs: timings.answerWithinMs ?? 8_000 };
  const placing = createPlacing(money);
  const merchantCalls = servedCalls({ ...money, placing });
  if (widget.files.size === 0) log.event('widget.not-built', {});
  const releases = await openWidgetReleases(widget, store.widgetFiles, clock);
  const loadWatch = watchLoad(store.waiting, (tooMuch, load) =>
    log.event(tooMuch ? 'app.overloaded' : 'app.recovered', load),
  );
  let { merchantApiKeys } = config;
  let operatorPassword = config.ops?.passwordHash;
  let stopping = false;

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple').set('trust proxy', config.trustProxy);
  app.use(requestId(log), apiHeaders(), plainRequestsOnly);
  app.use(createHealthRouter(async () => !stopping && (await store.isReady())));
  app.use(createPagesRouter(config, releases), createPolicyReportsRouter(log, clock));
  app.use(
    createDocsRouter(
      config,
      widget.version,
      merchantCalls.map(({ operation }) => operation),
    ),
  );
  if (traces) app.use(widgetApi, traces.begin('anew'));
  app.use(widgetApi, widgetOrigin(config, log), readJson({ emptyIsFine: false }));
  app.use(widgetApi, createExchangeRouter(deps));
  app.use(widgetApi, widgetSession(deps), createWidgetRouter(deps));
  app.use(
    '/v1',
    shedLoad(loadWatch),
    merchantKey(() => merchantApiKeys, log),
  );
  if (traces) app.use('/v1', traces.begin('continued'));
  app.use('/v1', readJson({ emptyIsFine: true }));
  app.use(createMerchantRouter(merchantCalls, idempotently));
  app.use(notFound, answerErrors(log));

  // Proxies keep connections for a minute.
  const server = createHttpServer(app, {
    levers,
    ...(config.trustProxy !== false && { keepAliveMs: 75_000 }),
  });
  const ops = config.ops && createOperatorServer({ ...money, passwordHash: () => operatorPassword! });
  const webhooks = startWebhookWorker(deps);
  async function replaceSecrets(secrets: Secrets): Promise<void> {
    await store.vault.refresh(secrets.dataKeys); // the only one that may still refuse
    hecto.replaceKeys(secrets.hecto);
    webhooks.replaceSecrets(secrets.webhook?.secrets ?? []);
    ({ merchantApiKeys } = secrets);
    operatorPassword = secrets.ops?.passwordHash ?? operatorPassword;
  }
  const secrets = startSecretsWorker(
    { secrets: config, readSecrets, replace: replaceSecrets, log },
    timings.secretsEveryMs,
  );
  const workers = [
    secrets,
    webhooks,
    startJourneyWorker(deps),
    startSessionSweeper(deps),
    startMoneyWorker(money),
    startRetentionWorker(deps),
    startKeyWorker(deps, timings.keysEveryMs),
    startDailyWorker(deps, [cancelledAccountsJob(deps), reconciliationJob(deps)]),
  ];

  /** OpenTelemetry is large: whoever does not use it does not load it. */
  async function openTraces(to: TraceConfig): Promise<Traces> {
    const { createTraces } = await import('./traces/traces.ts');
    return createTraces(to, {
      ...{ clock, version: widget.version, environment: config.hectoEnv, everyMs: timings.tracesEveryMs },
      onChange: (change) => log.event(`traces.${change}`, {}),
    });
  }

  return {
    async listen() {
      const port = await listen(server, config.port, config.host);
      const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
      const metricsUrl =
        config.metrics &&
        (await metrics?.serve(config.metrics, readOfThisMoment(metrics.registry, { ...deps, loadWatch })));
      const opsUrl = config.ops && (await ops?.listen(config.ops));
      log.event('app.started', { url });
      return {
        url,
        ...(metricsUrl !== undefined && { metricsUrl }),
        ...(opsUrl !== undefined && { opsUrl }),
      };
    },
    rereadSecrets: secrets.look,
    async close() {
      stopping = true;
      log.event('app.stopping', {});
      store.stopWaiting();
      // At once: all may be waiting for Hecto, and together they must not take longer than one of them (R17).
      const [clean] = await Promise.all([
        closeGracefully(server, patienceMs, { idleMs: timings.idleMs ?? 5_000 }),
        ops?.close(patienceMs),
        ...workers.map((worker) => worker.stop()),
      ]);
      await placing.finish();
      loadWatch.stop();
      await metrics?.close();
      await hecto.close();
      await traces?.close();
      await store.close();
      log.event('app.stopped', { clean });
      log.flush();
      return clean;
    },
  };
}
