import { randomBytes } from 'node:crypto';

/** What BFFs in processes of their own are told by their environment, with secrets that nobody else has. */
export const processEnvironment = (around: {
  readonly testbedUrl: string;
  readonly databaseUrl: string;
  readonly webhookUrl: string;
}): Readonly<Record<string, string>> => ({
  HECTO_ENV: 'local',
  HECTO_BASE_URL: around.testbedUrl,
  DATABASE_URL: around.databaseUrl,
  DATA_KEYS: `test:${randomBytes(32).toString('base64')}`,
  PIN_PEPPER: randomBytes(32).toString('hex'),
  WEBHOOK_URL: around.webhookUrl,
  WEBHOOK_SECRETS: `whsec_${randomBytes(32).toString('base64')}`,
  METRICS_PORT: 'off',
  SMS_PER_ADDRESS_PER_HOUR: '10000',
});
