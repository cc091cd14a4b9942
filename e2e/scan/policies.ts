import { createRequire } from 'node:module';
import type { Finding, Result, Severity, Target } from './finding.ts';

type Found = { readonly severity: number; readonly directive: string; readonly description: string };
type Evaluator = { readonly CspEvaluator: new (csp: unknown) => { evaluate(): readonly Found[] } };
type Parser = { readonly CspParser: new (policy: string) => { readonly csp: unknown } };

const require = createRequire(import.meta.url);
const { CspEvaluator } = require('csp_evaluator/dist/evaluator.js') as Evaluator;
const { CspParser } = require('csp_evaluator/dist/parser.js') as Parser;

const explained: readonly [said: RegExp, because: string][] = [
  [
    /^script-src: 'self' can be problematic/,
    'Our origin serves our own files only: no JSONP, no AngularJS, nothing uploaded.',
  ],
  [
    /^frame-ancestors: Allow only resources downloaded over HTTPS/,
    'The merchant of this scan is on this machine; production takes https origins alone.',
  ],
];

/** csp_evaluator on the policy of each page that we serve (S24). */
export async function scanPolicies({ url, hostedUrl, origin, operators }: Target): Promise<Result> {
  const pages = [
    hostedUrl,
    `${url}/widget/1/frame?origin=${encodeURIComponent(origin)}`,
    `${url}/onboarding/self-test`,
    operators.url,
  ];
  const authorization = `Basic ${Buffer.from(`scan:${operators.password}`).toString('base64')}`;
  const findings: Finding[] = [];
  for (const page of pages) {
    const answer = await fetch(page, page === operators.url ? { headers: { authorization } } : {});
    const policy = answer.headers.get('content-security-policy');
    const path = new URL(page).pathname.replace(/obs_[\w-]+/, ':id');
    if (!answer.ok || policy === null) {
      findings.push({ severity: 'high', what: `${path}: ${answer.status}, no policy` });
      continue;
    }
    for (const { severity, directive, description } of new CspEvaluator(
      new CspParser(policy).csp,
    ).evaluate()) {
      const because = explained.find(([said]) => said.test(`${directive}: ${description}`))?.[1];
      findings.push({
        severity: because === undefined ? severityOf(severity) : 'low',
        what: `${path}: ${directive}: ${description}`,
        ...(because !== undefined && { because }),
      });
    }
  }
  return { tool: 'csp_evaluator', did: `read the policies of ${pages.length} pages`, findings };
}

/** Its own scale: 10 high, 20 syntax, 30 medium, 40 and 50 perhaps, 60 for information. */
const severityOf = (number: number): Severity => (number <= 20 ? 'high' : number <= 30 ? 'medium' : 'low');
