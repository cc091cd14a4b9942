/**
 * `npm run scan`: points the scanners of others at a BFF of our own on this machine, and says in reports/scan.md what
 * they found. Fails on anything of medium severity or above. About seven minutes; nothing leaves this machine.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDatabase, startTestPostgres } from '../../bff/store/test-postgres.ts';
import { canUseApt, installPackages } from '../browser/install.ts';
import { buildWidgetIfOlder } from '../build-widget.ts';
import { createMovableClock } from '../movable-clock.ts';
import { freePort } from '../ports.ts';
import { startSystem } from '../system.ts';
import type { Result, Target } from './finding.ts';
import { scanInjections } from './injections.ts';
import { scanPages } from './pages.ts';
import { scanPolicies } from './policies.ts';
import { reportOf } from './report.ts';
import { scanSlowClients } from './slow-clients.ts';
import { scanTls } from './tls.ts';

/** Each command, and the Debian package that brings it. */
const tools = {
  wapiti: 'wapiti',
  sqlmap: 'sqlmap',
  slowhttptest: 'slowhttptest',
  sslscan: 'sslscan',
  nginx: 'nginx-light',
  openssl: 'openssl',
  curl: 'curl',
};
const missing = () =>
  Object.entries(tools).flatMap(([command, name]) =>
    spawnSync('which', [command]).status === 0 ? [] : [name],
  );

if (missing().length > 0 && canUseApt) {
  process.stderr.write(`Installing ${missing().join(', ')} with apt-get…\n`);
  installPackages(missing());
}
if (missing().length > 0) {
  process.stderr.write(
    `The scan needs packages of Debian or Ubuntu: apt-get install ${missing().join(' ')}\n`,
  );
  process.exit(1);
}

await buildWidgetIfOlder();
const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-scan-'));
chmodSync(folder, 0o755);
const postgres = await startTestPostgres();
const database = await newDatabase(postgres.url);
const operators = { port: await freePort(), password: randomBytes(24).toString('base64url') };
const system = await startSystem(database.url, createMovableClock(), {
  OPS_PORT: String(operators.port),
  OPS_PASSWORD: operators.password,
});
try {
  const target: Target = {
    url: system.bffUrl,
    secretKey: system.secretKey,
    hostedUrl: await openHostedPage(),
    operators: { url: `http://127.0.0.1:${operators.port}/ops`, password: operators.password },
    origin: system.spareUrl,
    answered: () => system.logs().split('"event":"http.answered"').length - 1,
    folder,
  };
  const results: Result[] = [];
  for (const scan of [scanPolicies, scanTls, scanSlowClients, scanInjections, scanPages]) {
    const result = await scan(target);
    results.push(result);
    process.stderr.write(`${result.tool} ${result.did}: ${result.findings.length} findings\n`);
  }
  const faults = system
    .logs()
    .split('\n')
    .filter((line) => line.includes('"event":"fault"'));
  results.push({
    tool: 'our own log',
    did: 'was read for faults of ours during all of this',
    findings: faults.map((line) => ({ severity: 'medium', what: line })),
  });
  const { text, failed } = reportOf(results);
  mkdirSync('reports', { recursive: true });
  writeFileSync('reports/scan.md', text);
  process.stdout.write(text);
  process.exitCode = failed ? 1 : 0;
} finally {
  await system.close();
  await database.drop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function openHostedPage(): Promise<string> {
  const answer = await fetch(`${system.bffUrl}/v1/onboarding-sessions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${system.secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ customerId: 'scan', surface: 'hosted' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { hostedUrl: string }).hostedUrl;
}
