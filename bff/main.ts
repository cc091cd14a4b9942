/** The process: environment in, listen, take new secrets and stop when told to. */
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { createApp } from './app.ts';
import { ConfigError, parseConfig, type Config } from './config.ts';
import { obeyStopSignals } from './stop-signals.ts';
import { giveYoungObjectsRoom } from './young-objects.ts';

async function main(): Promise<void> {
  giveYoungObjectsRoom();
  const signals = obeyStopSignals(giveUp);
  const config = parseConfig(process.env);
  await assertPortIsFree('PORT', config);
  if (config.metrics) await assertPortIsFree('METRICS_PORT', config.metrics);
  if (config.ops) await assertPortIsFree('OPS_PORT', config.ops);
  const app = await createApp(config, {
    clock: () => new Date(),
    readSecrets: () => parseConfig(process.env),
  });

  signals.begin(app);
  process.on('SIGHUP', () => void app.rereadSecrets());
  try {
    await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** Asked before the database is opened, so that a second start says what is really in its way. */
async function assertPortIsFree(
  variable: string,
  { port, host }: Pick<Config, 'port' | 'host'>,
): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => reject(Object.assign(error, { variable })));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/** One sentence for the operator; details only for what nobody foresaw. */
function giveUp(error: unknown): void {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const {
    code,
    port,
    variable = 'PORT',
  } = error as NodeJS.ErrnoException & { port?: number; variable?: string };
  if (code === 'EADDRINUSE') return `Port ${port} is in use: stop what listens there or set ${variable}.`;
  if (code === 'EACCES' && port !== undefined) return `Port ${port} needs more rights: set ${variable}.`;
  return inspect(error);
}

main().catch(giveUp);
