/** What one onboarding takes, as `npm run scale:figures` measures it. */
export type Onboarding = {
  /** Milliseconds of a processor. */
  readonly bffMs: number;
  readonly postgresMs: number;
  readonly statements: number;
  /** Rows inserted, updated and deleted. */
  readonly writes: number;
  readonly walKb: number;
  /** Bytes on disk with indexes, and for how many days the rows stay. */
  readonly kept: readonly { readonly days: number; readonly bytes: number }[];
};

export type Assumptions = {
  /** The busiest hour's share of a day. */
  readonly busiestHour: number;
  /** How busy processors may be then. */
  readonly busy: number;
  /** How long a customer is under way. Most of it they are in a long poll, or reading. */
  readonly minutes: number;
  /** Megabytes of an instance without anybody, and kilobytes of heap for each customer who waits. */
  readonly instanceMb: number;
  readonly customerKb: number;
  /** Connections of an instance to PostgreSQL: its pool, and the one that hears of changes. */
  readonly connections: number;
  /** So many at least, so that one may go. */
  readonly instances: number;
};

export type Needs = {
  /** In the busiest hour. */
  readonly perSecond: number;
  readonly customersUnderWay: number;
  readonly bffCores: number;
  readonly postgresCores: number;
  readonly instances: number;
  readonly connections: number;
  readonly mbOfInstance: number;
  readonly statementsPerSecond: number;
  readonly writesPerSecond: number;
  readonly walGbPerDay: number;
  /** After a year of this, and after five. */
  readonly diskGb: number;
  readonly diskGbInFiveYears: number;
  /** Of processors that are there all the time, and what of them is worked. */
  readonly coreHoursPerMonth: number;
  readonly workedCoreHoursPerMonth: number;
};

const hoursPerMonth = 730;
const daysPerMonth = 365 / 12;

/** What so many onboardings a day need. An instance has one processor; PostgreSQL takes as many as it needs. */
export function needsOf(perDay: number, one: Onboarding, assumed: Assumptions): Needs {
  const perSecond = (perDay * assumed.busiestHour) / 3_600;
  const cores = (ms: number) => (perSecond * ms) / 1_000 / assumed.busy;
  const bffCores = cores(one.bffMs);
  const postgresCores = cores(one.postgresMs);
  const instances = Math.max(assumed.instances, Math.ceil(bffCores));
  const customersUnderWay = perSecond * 60 * assumed.minutes;
  const diskGbAfter = (days: number) =>
    one.kept.reduce((sum, { days: stay, bytes }) => sum + perDay * Math.min(stay, days) * bytes, 0) / 1e9;
  return {
    perSecond,
    customersUnderWay,
    bffCores,
    postgresCores,
    instances,
    connections: instances * assumed.connections,
    mbOfInstance: assumed.instanceMb + ((customersUnderWay / instances) * assumed.customerKb) / 1_000,
    statementsPerSecond: perSecond * one.statements,
    writesPerSecond: perSecond * one.writes,
    walGbPerDay: (perDay * one.walKb) / 1e6,
    diskGb: diskGbAfter(365),
    diskGbInFiveYears: diskGbAfter(5 * 365),
    coreHoursPerMonth: (instances + Math.max(1, Math.ceil(postgresCores))) * hoursPerMonth,
    workedCoreHoursPerMonth: (perDay * daysPerMonth * (one.bffMs + one.postgresMs)) / 3.6e6,
  };
}

/** What a month costs, in the currency of the prices. The disk as it is after a year. */
export const monthlyCost = (
  { coreHoursPerMonth, diskGb }: Needs,
  price: { readonly coreHour: number; readonly gbMonth: number },
): number => coreHoursPerMonth * price.coreHour + diskGb * price.gbMonth;
