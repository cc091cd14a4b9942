/**
 * The operator's command that looks at everything a BFF needs before it starts, or beside one that runs, and says what is
 * wrong and what to do. Configured by the BFF's own environment; it prints no secret and changes nothing, but that in `local` it
 * makes what a first start would make: secrets and an embedded database.
 */
import { Misused, print, readWords, runCommand } from './run-command.ts';
import { examine } from './services/doctor/examine.ts';
import { wordsOf, type FindingState } from './text/doctor-texts.ts';

const usage = `Usage:
  doctor [--locale en|ko] [--json]   what a BFF with this environment needs, and whether it is there
It ends with 0 when there is no fault (warnings are none), 1 when there is one, 2 when it could not look.
`;

const options = { locale: { type: 'string' }, json: { type: 'boolean' } } as const;

const labels = {
  en: { ok: 'ok', warning: 'warning', fault: 'FAULT' },
  ko: { ok: '정상', warning: '주의', fault: '문제' },
} as const;

const several = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

const sums = {
  en: (faults: number, warnings: number) => `${several(faults, 'fault')}, ${several(warnings, 'warning')}.`,
  ko: (faults: number, warnings: number) => `문제 ${faults}개, 주의 ${warnings}개.`,
} as const;

async function doctor(): Promise<number> {
  const { values, positionals } = readWords(options, usage);
  const { locale = 'en', json = false } = values;
  if (positionals.length > 0 || (locale !== 'en' && locale !== 'ko')) throw new Misused(usage);

  const found = await examine(process.env, { clock: () => new Date() });
  const findings = found.map((one) => ({ code: one.code, ...wordsOf(one, locale) }));
  const count = (state: FindingState) => findings.filter((one) => one.state === state).length;
  const faults = count('fault');
  if (json) print(JSON.stringify({ ok: faults === 0, findings }, undefined, 2));
  else {
    for (const { state, text, advice } of findings) {
      print(`${labels[locale][state].padEnd(locale === 'ko' ? 6 : 8)} ${text}`);
      if (advice !== undefined) print(`         → ${advice}`);
    }
    print('', sums[locale](faults, count('warning')));
  }
  return faults === 0 ? 0 : 1;
}

await runCommand(doctor);
