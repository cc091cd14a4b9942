import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Result, Severity, Target } from './finding.ts';
import { runFor } from './run-for.ts';

type Entry = {
  readonly level: number;
  readonly method: string;
  readonly path: string;
  readonly info: string;
};
type Report = Readonly<Record<'vulnerabilities' | 'anomalies', Readonly<Record<string, readonly Entry[]>>>>;

const modules =
  'backup,cookieflags,crlf,csp,exec,file,htaccess,http_headers,methods,redirect,shellshock,sql,xss,permanentxss';
const seconds = 240;

const explained: readonly [said: RegExp, because: string][] = [
  [/X-XSS-Protection/, 'Browsers dropped this header, which made holes of its own.'],
  [/Strict-Transport-Security/, 'Said over TLS alone; the scan asks over plain HTTP on this machine.'],
  [/Secure flag/, 'Set over TLS alone; the scan asks over plain HTTP on this machine.'],
];

/** wapiti on the pages and calls that can be reached by a browser or a merchant (S26, S29, S52). */
export async function scanPages({
  url,
  hostedUrl,
  origin,
  secretKey,
  answered,
  folder,
}: Target): Promise<Result> {
  const report = join(folder, 'wapiti.json');
  const before = answered();
  const starts = [
    hostedUrl.replace(/#.*$/, '?locale=ko'),
    `${url}/widget/1/frame?origin=${encodeURIComponent(origin)}`,
    `${url}/onboarding/self-test`,
    `${url}/v1/payments?orderNumber=A1&date=2026-11-23`,
    `${url}/v1/customers/customer-1/accounts`,
    `${url}/v1/banks/088/maintenance?task=payment`,
    `${url}/openapi.json`,
    `${url}/docs`,
  ];
  const { said, ended } = await runFor(seconds, 'wapiti', [
    ...['-u', `${url}/`, '--scope', 'domain', '-m', modules, '--flush-session', '--no-bugreport'],
    ...starts.flatMap((start) => ['-s', start]),
    ...['-H', `Authorization: Bearer ${secretKey}`, '--max-scan-time', String(seconds - 30), '-t', '10'],
    ...['-f', 'json', '-o', report, '--store-session', join(folder, 'wapiti')],
  ]);
  const findings = findingsIn(report, said);
  const requests = answered() - before;
  if (requests < 100)
    findings.push({ severity: 'medium', what: `hardly anything was tried: ${requests} requests` });
  const did = `tried ${starts.length} pages and calls with ${modules.split(',').length} kinds of attack and ${requests} requests${ended ? '' : `, stopped after ${seconds} s`}`;
  return { tool: 'wapiti', did, findings };
}

function findingsIn(path: string, said: string): Finding[] {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return [{ severity: 'medium', what: `no report: ${said.trim().split('\n').slice(-3).join(' ')}` }];
  }
  return Object.entries({ ...report.vulnerabilities, ...report.anomalies }).flatMap(([kind, entries]) =>
    entries.map(({ level, method, path: at, info }) => {
      const because = explained.find(([words]) => words.test(info))?.[1];
      return {
        severity: because === undefined ? severityOf(level) : 'low',
        what: `${kind}: ${method} ${at.replace(/obs_[\w-]+/, ':id')}: ${info}`,
        ...(because !== undefined && { because }),
      };
    }),
  );
}

/** Its own scale: 1 low, 2 medium, 3 high, 4 critical. */
const severityOf = (level: number): Severity => (level <= 1 ? 'low' : level === 2 ? 'medium' : 'high');
