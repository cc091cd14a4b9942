import { join } from 'node:path';
import type { Finding, Result, Target } from './finding.ts';
import { runFor } from './run-for.ts';

const attacks = {
  'headers that never end': ['-H', '-i', '5'],
  'bodies that never end': ['-B', '-i', '5', '-s', '8192', '-t', 'POST'],
  'answers that are never read': ['-X', '-w', '1', '-y', '8', '-n', '5', '-z', '1', '-k', '3'],
} as const;
const seconds = 25;
const connections = 1_000;
/** What another customer may have to wait meanwhile. */
const patienceMs = 1_000;

/** slowhttptest with a thousand connections, while another client asks five times a second (S46). */
export async function scanSlowClients({ url, folder }: Target): Promise<Result> {
  const findings: Finding[] = [];
  const waits: string[] = [];
  for (const [name, flags] of Object.entries(attacks)) {
    const canary = watch(`${url}/healthz`);
    const { said } = await runFor(seconds + 15, 'slowhttptest', [
      ...flags,
      ...[
        '-c',
        String(connections),
        '-r',
        '200',
        '-l',
        String(seconds),
        '-p',
        '3',
        '-u',
        `${url}/widget/1/hecto-onboarding.js`,
      ],
      ...['-o', join(folder, 'slow')],
    ]);
    const { longestMs, failed } = await canary();
    if (!/Exit status|exit status/i.test(said))
      findings.push({ severity: 'medium', what: `${name}: the attack did not take place` });
    waits.push(`${Math.round(longestMs)} ms`);
    if (failed > 0)
      findings.push({ severity: 'high', what: `${name}: ${failed} requests of somebody else failed` });
    if (longestMs >= patienceMs)
      findings.push({
        severity: 'medium',
        what: `${name}: somebody else waited ${Math.round(longestMs)} ms`,
      });
  }
  const did = `held ${connections} connections in ${Object.keys(attacks).length} ways for ${seconds} s; others waited at most ${waits.join(', ')}`;
  return { tool: 'slowhttptest', did, findings };
}

/** Asks again and again until it is called; answers the longest wait and how often it was in vain. */
function watch(url: string): () => Promise<{ longestMs: number; failed: number }> {
  let longestMs = 0;
  let failed = 0;
  const enough = new AbortController();
  const asking = (async () => {
    while (!enough.signal.aborted) {
      const begun = performance.now();
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      await answer?.text();
      if (!answer?.ok) failed += 1;
      longestMs = Math.max(longestMs, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  return async () => {
    enough.abort();
    await asking;
    return { longestMs, failed };
  };
}
