import type { Database } from './database.ts';

export const operatorActions = ['inquire', 'replay'] as const;
export const operatorOutcomes = [
  ...['succeeded', 'failed', 'unknown', 'needs_review', 'under-way', 'final'],
  ...['sent', 'no-endpoint', 'not-found'],
] as const;

/** What somebody did on the operator page. */
export type OperatorAction = {
  readonly at: Date;
  /** The name given with the password: a claim, for all operators share the password. */
  readonly operator: string;
  readonly action: (typeof operatorActions)[number];
  /** Our own id of what it was done to. */
  readonly subject: string;
  readonly outcome: (typeof operatorOutcomes)[number];
};

export type OperatorActions = ReturnType<typeof operatorActionStore>;

/** What operators did, of one merchant. Only ever added to. */
export function operatorActionStore(database: Database, merchantId: string) {
  async function add(action: OperatorAction): Promise<void> {
    await database
      .insertInto('operator_actions')
      .values({ merchant_id: merchantId, ...action })
      .execute();
  }

  /** Newest first. */
  function latest(limit: number): Promise<OperatorAction[]> {
    return database
      .selectFrom('operator_actions')
      .select(['at', 'operator', 'action', 'subject', 'outcome'])
      .where('merchant_id', '=', merchantId)
      .orderBy('seq', 'desc')
      .limit(limit)
      .execute();
  }

  return { add, latest };
}
