import { parseConfig, type Config } from './config.ts';
import { Misused, runCommand } from './run-command.ts';
import type { Database } from './store/database.ts';
import { openDatabase } from './store/open-database.ts';

/**
 * Runs a command that takes no words and looks at the database of the BFF's own environment. What `report` answers is
 * the exit code of the process, else as `runCommand` says.
 */
export async function runReport(
  usage: string,
  report: (database: Database, config: Config) => Promise<number>,
): Promise<void> {
  await runCommand(async () => {
    if (process.argv.length > 2) throw new Misused(usage);
    const config = parseConfig(process.env);
    const { database, close } = await openDatabase(config);
    try {
      return await report(database, config);
    } finally {
      await close();
    }
  });
}
