#!/usr/bin/env node
/** `npx hecto-onboarding <command>`: the BFF and the operator's commands by one name. */
import { Misused, runCommand } from './run-command.ts';

const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  doctor: () => import('./doctor-command.ts'),
  keys: () => import('./keys-command.ts'),
  ledger: () => import('./ledger-command.ts'),
  migrate: () => import('./migrate-command.ts'),
  retention: () => import('./retention-command.ts'),
  smoke: () => import('./smoke-command.ts'),
  start: () => import('./main.ts'),
};

const usage = `Usage: hecto-onboarding ${Object.keys(commands).join('|')} ...\n`;
const [name = ''] = process.argv.splice(2, 1);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
// Each of them ends the process in its own way.
if (command) await command();
else await runCommand(() => Promise.reject(new Misused(usage)));
