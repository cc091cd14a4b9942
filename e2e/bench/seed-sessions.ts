import pg from 'pg';
import type { PersonName } from '../../shared/values/person-name.ts';
import type { PhoneNumber } from '../../shared/values/phone-number.ts';
import { createLog } from '../../bff/log/log.ts';
import type { Journey } from '../../bff/services/onboarding/journey.ts';
import { shopOrigin } from '../../bff/services/testing/customer.ts';
import { openStore, type SessionAbout } from '../../bff/store/store.ts';
import type { Ground } from './servers.ts';

/** Sessions of as many customers who have just proven their phone and are to choose an account. */
export type Seeds = {
  readonly tokens: readonly string[];
  /** Makes them what they were, untouched for a few seconds. */
  readonly reset: () => Promise<void>;
};

const hour = 3_600_000;

/** Made by our store, without the requests that would lead there. */
export async function seedSessions({ config }: Ground, count: number): Promise<Seeds> {
  const now = new Date();
  const log = createLog('silent', () => new Date());
  const store = await openStore({ ...config, merchantId: config.hecto.merchantId }, { log });
  const journey: Journey = {
    step: 'account',
    consents: [{ documentId: 'service', version: '1', agreed: true }],
    person: {
      ...{ name: '홍길동' as PersonName, carrier: 'skt', phone: '01055550001' as PhoneNumber },
      ...{ birth: '900101', genderDigit: '1' },
    },
    calls: { placed: 0, nextCallAt: now.toISOString() },
  };
  async function one(number: number): Promise<string> {
    const about: SessionAbout = {
      customerId: `bench-${number}`,
      surface: 'inline',
      locale: 'ko',
      origin: shopOrigin,
      flow: { paymentPassword: 'skip' },
    };
    const session = await store.sessions.create(about, now, new Date(now.getTime() + hour));
    await store.sessions.save(session, journey);
    return store.tokens.issueSessionToken(session.id, now);
  }
  const tokens: string[] = [];
  // A pool's worth at a time.
  while (tokens.length < count) {
    const numbers = Array.from(
      { length: Math.min(20, count - tokens.length) },
      (_, at) => tokens.length + at,
    );
    tokens.push(...(await Promise.all(numbers.map(one))));
  }
  await store.close();
  await query(config.databaseUrl, 'CREATE TABLE bench_sessions AS SELECT * FROM onboarding_sessions');
  return {
    tokens,
    reset: () =>
      query(
        config.databaseUrl,
        `UPDATE onboarding_sessions s SET sealed_journey = b.sealed_journey, step = b.step, version = b.version,
           due_at = NULL, last_seen_at = now() - interval '5 seconds'
         FROM bench_sessions b WHERE b.id = s.id;
         TRUNCATE attempts;
         VACUUM onboarding_sessions`,
      ),
  };
}

async function query(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements.split(';')) await client.query(statement);
  } finally {
    await client.end();
  }
}
