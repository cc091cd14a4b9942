import type { Finding, Result } from './finding.ts';

/** The report of a scan, and whether anything in it is of medium severity or above. */
export function reportOf(results: readonly Result[]): { readonly text: string; readonly failed: boolean } {
  const failed = results.some(({ findings }) => findings.some(isSerious));
  const sections = results.map(({ tool, did, findings }) => {
    const lines = [...new Set(findings.map(lineOf))];
    return `## ${tool}\n\n${did}.\n\n${lines.length > 0 ? lines.join('\n') : 'Nothing found.'}\n`;
  });
  const verdict = failed
    ? 'Something of medium severity or above was found.'
    : 'Nothing of medium severity or above was found.';
  return { text: `# Scan\n\n${verdict}\n\n${sections.join('\n')}`, failed };
}

const isSerious = ({ severity }: Finding): boolean => severity !== 'low';
const lineOf = ({ severity, what, because }: Finding): string =>
  `- **${severity}** ${what}${because === undefined ? '' : ` *${because}*`}`;
