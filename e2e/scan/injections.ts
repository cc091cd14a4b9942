import { join } from 'node:path';
import type { Finding, Result, Target } from './finding.ts';
import { runFor } from './run-for.ts';

/** Where an attacker's text gets in. A star marks what is tried. */
const places: readonly {
  readonly name: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: string;
}[] = [
  { name: 'query of GET /v1/payments', path: '/v1/payments?orderNumber=A1*&date=2026-11-23*' },
  { name: 'path of GET /v1/customers/:id/accounts', path: '/v1/customers/customer-1*/accounts' },
  { name: 'path of GET /v1/payments/:id', path: '/v1/payments/pay_abc*' },
  {
    name: 'body of POST /v1/payments',
    path: '/v1/payments',
    body: '{"customerId":"c1*","bankCode":"088","accountKey":"k1*","amount":1000,"orderNumber":"A1*"}',
    headers: 'Idempotency-Key: k1',
  },
  {
    name: 'Idempotency-Key of POST /v1/onboarding-sessions',
    path: '/v1/onboarding-sessions',
    body: '{"customerId":"c1"}',
    headers: 'Idempotency-Key: k1*',
  },
  {
    name: 'body of POST /widget-api/v1/sessions',
    path: '/widget-api/v1/sessions',
    body: '{"clientToken":"ct_abc*"}',
  },
];
const seconds = 60;
/** Fewer would be no test. */
const leastRequests = 50;

/** sqlmap on every way in, with errors, booleans, unions, stacks and time (S49). */
export async function scanInjections({ url, secretKey, origin, answered, folder }: Target): Promise<Result> {
  const findings: Finding[] = [];
  let stopped = 0;
  const begun = answered();
  for (const { name, path, body, headers } of places) {
    const merchant = path.startsWith('/v1/');
    const before = answered();
    const { said, ended } = await runFor(seconds, 'sqlmap', [
      ...[
        '-u',
        url + path,
        '--batch',
        '--disable-coloring',
        '--flush-session',
        '--output-dir',
        join(folder, 'sqlmap'),
      ],
      ...[
        '--level',
        '2',
        '--risk',
        '2',
        '--dbms',
        'PostgreSQL',
        '--time-sec',
        '2',
        '--timeout',
        '10',
        '--retries',
        '0',
      ],
      ...['--ignore-proxy', '--threads', '4', '--ignore-code', '*', '--random-agent'],
      '--headers',
      [
        'Content-Type: application/json',
        merchant ? `Authorization: Bearer ${secretKey}` : `Origin: ${origin}`,
        ...(headers === undefined ? [] : [headers]),
      ].join('\n'),
      ...(body === undefined ? [] : ['--data', body]),
    ]);
    if (/identified the following injection point|is vulnerable|appears to be .*injectable/.test(said))
      findings.push({ severity: 'high', what: `${name}: an injection` });
    else if (/HTTP error codes detected during run:[^]*\b5\d\d\b/.test(said))
      findings.push({ severity: 'medium', what: `${name}: a fault of ours` });
    else if (answered() - before < leastRequests)
      findings.push({
        severity: 'medium',
        what: `${name}: not tested: ${said.trim().split('\n').at(-1) ?? ''}`,
      });
    else if (!ended) stopped += 1;
    else if (!/do not appear to be injectable/.test(said))
      findings.push({
        severity: 'medium',
        what: `${name}: not tested: ${said.trim().split('\n').at(-1) ?? ''}`,
      });
  }
  const did = `tried ${places.length} ways in with ${answered() - begun} requests, ${seconds} s each at most (${stopped} were stopped by the clock, without a finding)`;
  return { tool: 'sqlmap', did, findings };
}
