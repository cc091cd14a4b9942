import { connectionsOfOneInstance } from '../../bff/store/database.ts';
import { shortLived } from '../../bff/store/retention.ts';
import { needsOf, type Assumptions, type Needs, type Onboarding } from './model.ts';

const day = 24 * 3_600_000;
/** They go with the session. */
const ofSession = ['session_tokens', 'client_tokens'];
const forever = Infinity;

/** For how many days the rows of a table stay; records lose their customer some day, but not their place. */
export function daysKept(table: string): number {
  const name = ofSession.includes(table) ? 'onboarding_sessions' : table === 'deliveries' ? 'outbox' : table;
  const kept = shortLived.find((one) => one.table === name);
  return kept ? Math.max(1, Math.ceil(kept.keptMs / day)) : forever;
}

export const assumed: Assumptions = {
  busiestHour: 0.1,
  busy: 0.5,
  minutes: 3,
  instanceMb: 200,
  customerKb: 45,
  connections: connectionsOfOneInstance,
  instances: 2,
};

/** What `npm run scale:figures` printed last, rounded: what docs/scale.md rests on. */
export const measured: Onboarding = {
  bffMs: 74,
  postgresMs: 28,
  statements: 144,
  writes: 63,
  walKb: 44,
  kept: [
    { days: daysKept('onboarding_sessions'), bytes: 11_000 },
    { days: daysKept('idempotency_keys'), bytes: 1_300 },
    { days: daysKept('outbox'), bytes: 2_900 },
    { days: daysKept('consents'), bytes: 7_700 },
  ],
};

export const onboardingsPerDay = [1_000, 100_000, 1_000_000] as const;

/** Two figures that count, and no more of a large number than can be read. */
const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(2)));

const rows: readonly ((needs: Needs) => number)[] = [
  (needs) => needs.perSecond,
  (needs) => needs.customersUnderWay,
  (needs) => needs.bffCores,
  (needs) => needs.instances,
  (needs) => needs.mbOfInstance,
  (needs) => needs.postgresCores,
  (needs) => needs.connections,
  (needs) => needs.statementsPerSecond,
  (needs) => needs.writesPerSecond,
  (needs) => needs.walGbPerDay,
  (needs) => needs.diskGb,
  (needs) => needs.diskGbInFiveYears,
  (needs) => needs.coreHoursPerMonth,
  (needs) => needs.workedCoreHoursPerMonth,
];

/** The cells of the table in docs/scale.md, row by row, without their names. */
export function workedOut(one: Onboarding = measured): string[] {
  const needs = onboardingsPerDay.map((perDay) => needsOf(perDay, one, assumed));
  return rows.map((of) => `| ${needs.map((each) => short(of(each))).join(' | ')} |`);
}
