/**
 * The operator's command for the records: follows the hash chains, or exports what is on record about one customer.
 * Configured by the BFF's own environment; it opens no port and starts no worker.
 */
import { resolve } from 'node:path';
import { customerId as customerIdRule } from '../shared/api/merchant/fields.ts';
import { parseConfig } from './config.ts';
import { Misused, print, readWords, runCommand } from './run-command.ts';
import { collectEvidence } from './services/evidence/collect-evidence.ts';
import { saveEvidence } from './services/evidence/save-evidence.ts';
import { verificationLines } from './services/evidence/verification-lines.ts';
import { verifyRecords } from './services/evidence/verify-records.ts';
import { openRecords, type OpenRecords } from './store/open-records.ts';

const usage = `Usage:
  ledger verify [--anchor <link>]...            follow both chains; is an earlier last link still in one?
  ledger evidence <customerId> [--out <folder>] write evidence-<customerId>.json and .html
It ends with 0 when all is well, 1 when the records are broken or hold nothing of the customer, 2 when it could not look.
`;

type Wish =
  | { readonly do: 'verify'; readonly anchors: readonly string[] }
  | { readonly do: 'evidence'; readonly customerId: string; readonly folder: string };

const options = { anchor: { type: 'string', multiple: true }, out: { type: 'string' } } as const;

function readWish(): Wish {
  const { values, positionals } = readWords(options, usage);
  const [what, customerId, ...rest] = positionals;
  const { anchor, out } = values;
  if (what === 'verify' && customerId === undefined && out === undefined) {
    const anchors = (anchor ?? []).map((link) => link.toLowerCase());
    if (!anchors.every((link) => /^[0-9a-f]{64}$/.test(link)))
      throw new Misused('An anchor is a link as verify prints it: 64 hexadecimal digits.');
    return { do: 'verify', anchors };
  }
  if (what === 'evidence' && rest.length === 0 && anchor === undefined) {
    const parsed = customerIdRule.safeParse(customerId);
    if (!parsed.success)
      throw new Misused('A customer id is 1 to 100 letters, digits, dots, underscores, @ or -.');
    return { do: 'evidence', customerId: parsed.data, folder: resolve(out ?? '.') };
  }
  throw new Misused(usage);
}

async function verify(opened: OpenRecords, anchors: readonly string[]): Promise<number> {
  const verification = await opened.read((records) => verifyRecords(records, anchors));
  print(...verificationLines(verification));
  return verification.isSound ? 0 : 1;
}

async function exportEvidence(
  opened: OpenRecords,
  customerId: string,
  folder: string,
  merchantId: string,
): Promise<number> {
  const evidence = await opened.read(async (records) =>
    collectEvidence(records, customerId, {
      merchantId,
      verification: await verifyRecords(records),
      now: new Date(),
    }),
  );
  if (!evidence) {
    print('Nothing is on record about this customer.');
    return 1;
  }
  print(...saveEvidence(evidence, folder));
  if (evidence.chains.isSound) return 0;
  print('The records are BROKEN: run verify.');
  return 1;
}

async function ledger(): Promise<number> {
  const wish = readWish();
  const config = parseConfig(process.env);
  const records = await openRecords(config);
  try {
    return wish.do === 'verify'
      ? await verify(records, wish.anchors)
      : await exportEvidence(records, wish.customerId, wish.folder, config.hecto.merchantId);
  } finally {
    await records.close();
  }
}

await runCommand(ledger);
