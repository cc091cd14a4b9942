import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { newDatabase, startTestPostgres, type TestDatabase } from './test-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
  }
}

/** Vitest's global setup: one real PostgreSQL for the whole run. The function it returns ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startTestPostgres();
  project.provide('postgresUrl', url);
  return stop;
}

/** A fresh, migrated database for whoever asks. */
export const freshDatabase = (): Promise<TestDatabase> => newDatabase(inject('postgresUrl'));
