import type { MerchantSums } from '../../store/audit.ts';
import type { ChainCheck } from '../../store/hash-chain.ts';
import { isEven, type Verification } from './verify-records.ts';

/** What an operator reads, line by line. Nothing personal. */
export function verificationLines(verification: Verification): string[] {
  const { consents, transitions, documents, sums, strayIntents, unrecordedRegistrations, anchors } =
    verification;
  return [
    ...chainLines('consents', consents),
    ...chainLines('transitions', transitions),
    ...(documents.wrong.length === 0
      ? [`documents: ${documents.count}, each is what its hash says`]
      : documents.wrong.map((sha256) => `documents: BROKEN, ${sha256} is missing or another text`)),
    ...(sums.length === 0 ? ['balance: no money has moved'] : sums.map(sumLine)),
    strayIntents.count === 0
      ? 'intents: each is where its last step left it'
      : `intents: BROKEN, ${strayIntents.count} not where their last step left them, e.g. ${strayIntents.first ?? ''}`,
    ...(unrecordedRegistrations.count === 0
      ? []
      : [
          `registrations: ${unrecordedRegistrations.count} moved on without a step, as an older version did, e.g. ${unrecordedRegistrations.first ?? ''}`,
        ]),
    ...anchors.map(({ link, at }) =>
      at
        ? `anchor ${link}: row ${at.seq} of ${at.chain}`
        : `anchor ${link}: BROKEN, in neither chain: rows were cut off or rewritten`,
    ),
    verification.isSound ? 'All is well.' : 'The records are BROKEN.',
  ];
}

function chainLines(name: string, { rows, last, brokenAt }: ChainCheck): string[] {
  const holds = brokenAt === undefined ? '' : ' hold';
  return [
    `${name}: ${rows} rows${holds}${last ? `, last link ${last.link.toString('hex')}` : ''}`,
    ...(brokenAt === undefined
      ? []
      : [`${name}: BROKEN at row ${brokenAt}: it was changed, or a row before it is missing`]),
  ];
}

function sumLine(sums: MerchantSums): string {
  const { merchantId, ledger, intents } = sums;
  const says = ({ debits, refunds, remittances }: MerchantSums['ledger']) =>
    `debits ${won(debits)} - refunds ${won(refunds)} = ${won(debits - refunds)}, remittances ${won(remittances)}`;
  return isEven(sums)
    ? `balance of ${merchantId}: ${says(ledger)}, as the intents say`
    : `balance of ${merchantId}: BROKEN, ${says(ledger)}, but the intents say ${says(intents)}`;
}

const won = (amount: number): string => `${amount.toLocaleString('en')} won`;
