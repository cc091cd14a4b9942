import { expect, test } from 'vitest';
import { monthlyCost, needsOf, type Assumptions, type Onboarding } from './model.ts';

const one: Onboarding = {
  bffMs: 50,
  postgresMs: 25,
  statements: 100,
  writes: 40,
  walKb: 50,
  kept: [
    { days: 1, bytes: 10_000 },
    { days: 3_650, bytes: 5_000 },
  ],
};
const assumed: Assumptions = {
  busiestHour: 0.1,
  busy: 0.5,
  minutes: 3,
  instanceMb: 100,
  customerKb: 10,
  connections: 21,
  instances: 2,
};

test('a hundred thousand a day are three in a second of the busiest hour', () => {
  const needs = needsOf(108_000, one, assumed);
  expect(needs).toMatchObject({
    perSecond: 3,
    customersUnderWay: 540,
    bffCores: 0.3,
    postgresCores: 0.15,
    instances: 2,
    connections: 42,
    mbOfInstance: 102.7,
    statementsPerSecond: 300,
    writesPerSecond: 120,
  });
  expect(needs.walGbPerDay).toBeCloseTo(5.4);
});

test('what is kept for a day stays as large, what is kept for long grows', () => {
  const { diskGb, diskGbInFiveYears } = needsOf(100_000, one, assumed);
  expect(diskGb).toBeCloseTo(1 + 365 * 0.5);
  expect(diskGbInFiveYears).toBeCloseTo(1 + 5 * 365 * 0.5);
});

test('instances come with the processors that are needed, and the price with both', () => {
  const needs = needsOf(2_160_000, one, assumed);
  expect(needs).toMatchObject({ bffCores: 6, instances: 6, postgresCores: 3, connections: 126 });
  expect(needs.coreHoursPerMonth).toBe(9 * 730);
  expect(needs.workedCoreHoursPerMonth).toBeCloseTo(2_160_000 * (365 / 12) * (0.075 / 3_600));
  expect(monthlyCost({ ...needs, diskGb: 100 }, { coreHour: 0.1, gbMonth: 0.2 })).toBeCloseTo(657 + 20);
});
