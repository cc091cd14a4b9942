import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from './evidence.ts';
import { evidencePage } from './evidence-page.ts';

/** Writes the evidence as JSON and as a page, for nobody but the owner of the files. Answers their paths. */
export function saveEvidence(evidence: Evidence, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const save = (ending: string, content: string) => {
    const path = join(folder, `evidence-${evidence.customerId}.${ending}`);
    // Never into a file that is there: others may be able to read it, or it may be a link.
    rmSync(path, { force: true });
    writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
    return path;
  };
  return [save('json', `${JSON.stringify(evidence, null, 2)}\n`), save('html', evidencePage(evidence))];
}
