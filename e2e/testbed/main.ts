import { startTestbed } from './testbed.ts';

const port = Number(process.env['PORT'] ?? 4020);
const testbed = await startTestbed({
  port,
  host: process.env['HOST'] ?? '127.0.0.1',
  strictNames: process.env['STRICT_NAMES'] !== 'off',
  log: (problem) => void process.stderr.write(`${problem}\n`),
}).catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  process.stderr.write(taken ? `Port ${port} is taken.\n` : `The testbed did not start: ${String(error)}\n`);
  process.exit(1);
});
process.stdout.write(`Testbed: ${testbed.url}   virtual phone: ${testbed.url}/phone\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void testbed.close().then(() => process.exit(0)));
}
