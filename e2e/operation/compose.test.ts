import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../bff/config.ts';
import { readMarkdown } from '../docs/markdown.ts';
import { mountsOf, readCompose } from './compose.ts';

const project = join(import.meta.dirname, '../..');
const { services, networks, volumes } = readCompose(project);
const named = Object.entries(services);
const yaml = <T>(path: string) => parse(readFileSync(join(project, path), 'utf8')) as T;

/** What it is with root’s rights for, and how few of them it keeps. */
const asRoot: Readonly<
  Record<string, { readonly capabilities: readonly string[]; readonly network: string }>
> = { secrets: { capabilities: ['CHOWN'], network: 'none' } };

describe.each(named)('the service %s', (name, service) => {
  test('has no rights, gets none, and changes no file of its image', () => {
    const { read_only, cap_drop, cap_add, security_opt, privileged, user, image, restart } = service;
    expect({ read_only, cap_drop, security_opt, privileged }).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      privileged: undefined,
    });
    const root = asRoot[name];
    expect(cap_add).toEqual(root?.capabilities);
    if (root) {
      expect([service.network_mode, restart, service.ports]).toEqual([root.network, undefined, undefined]);
      return;
    }
    // Ours are built for a user of their own: see container.test.ts.
    if (image.startsWith('hecto-onboarding')) expect(user).toBeUndefined();
    else expect(user).toMatch(/^[1-9]\d*:\d+$/);
  });

  test('is reached from this machine alone, if at all', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('gets files and volumes that are there, of the project only to read', () => {
    for (const { from, readOnly } of mountsOf(service)) {
      if (!from.startsWith('./')) expect(Object.keys(volumes)).toContain(from);
      else expect([from, existsSync(join(project, from)), readOnly]).toEqual([from, true, true]);
    }
    for (const network of service.networks ?? [])
      expect(['default', ...Object.keys(networks)]).toContain(network);
  });

  test('is of one version, built here or somebody’s release', () => {
    expect(service.image).toMatch(/^(hecto-onboarding(-testbed)?|[a-z/]+:v?\d[\w.-]*)$/);
    // Nobody has published an image of ours: who looked for it at a registry would take a stranger's.
    const isOurs = service.image.startsWith('hecto-onboarding');
    expect(service.pull_policy).toBe(isOurs ? (service.build ? 'build' : 'never') : undefined);
  });
});

test('`--wait` knows what ends by itself: something waits for its end', () => {
  const waitedFor = (condition: string) =>
    named.flatMap(([, { depends_on = {} }]) =>
      Object.entries(depends_on)
        .filter(([, one]) => one.condition === condition)
        .map(([name]) => name),
    );
  const ends = named.filter(([, { restart }]) => restart === undefined).map(([name]) => name);
  expect(ends).toEqual(['secrets', 'migrate']);
  expect(waitedFor('service_completed_successfully').sort()).toEqual([...ends].sort());
  for (const name of ends) expect(services[name]?.healthcheck).toEqual({ disable: true });
  for (const name of waitedFor('service_healthy')) {
    const { healthcheck, build } = services[name]!;
    expect([name, healthcheck?.test !== undefined || build !== undefined]).toEqual([name, true]);
  }
});

test('only the BFF and its preparation reach the database, which reaches nobody', () => {
  expect(networks['database']).toEqual({ internal: true });
  const there = named.filter(([, { networks: own }]) => own?.includes('database')).map(([name]) => name);
  expect(there).toEqual(['postgres', 'migrate', 'bff']);
  expect(services['postgres']?.networks).toEqual(['database']);
});

test('the password of the schema’s owner is not where the BFF can read it', () => {
  const seenBy = (volume: string) =>
    named.filter(([, one]) => mountsOf(one).some(({ from }) => from === volume)).map(([name]) => name);
  expect(seenBy('migration-secrets')).toEqual(['secrets', 'migrate']);
  expect(seenBy('database-secrets')).toEqual(['secrets', 'postgres']);
  expect(seenBy('bff-secrets')).toEqual(['secrets', 'migrate', 'bff']);
  for (const [name, one] of named)
    for (const { from, readOnly } of mountsOf(one))
      if (from.endsWith('-secrets')) expect([name, readOnly]).toEqual([name, name !== 'secrets']);
});

test('the BFF takes the environment of both its services', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-compose-'));
  const contents: Readonly<Record<string, string>> = {
    DATABASE_URL_FILE: 'postgres://hecto_bff@postgres/hecto',
    DATABASE_MIGRATION_URL_FILE: 'postgres://hecto_owner@postgres/hecto',
    DATA_KEYS_FILE: `k1:${'A'.repeat(43)}=`,
    PIN_PEPPER_FILE: 'p'.repeat(64),
    MERCHANT_API_KEYS_FILE: `sk_${'k'.repeat(48)}`,
  };
  try {
    for (const name of ['migrate', 'bff']) {
      const env = { ...services[name]!.environment };
      for (const [variable, content] of Object.entries(contents)) {
        if (!(variable in env)) continue;
        env[variable] = join(folder, variable);
        writeFileSync(env[variable], content, { mode: 0o600 });
      }
      expect(parseConfig(env)).toMatchObject({
        hectoEnv: 'local',
        hecto: { baseUrl: 'http://testbed:4020' },
        publicUrl: 'http://localhost:4010',
        databaseUrl: contents['DATABASE_URL_FILE'],
        dataKeys: [{ id: 'k1' }],
      });
      expect(parseConfig(env).databaseMigrationUrl).toBe(
        name === 'migrate' ? contents['DATABASE_MIGRATION_URL_FILE'] : undefined,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('Prometheus asks the BFF for its metrics, under the name that the alerts know', () => {
  const { scrape_configs: jobs, rule_files } = yaml<{
    scrape_configs: { job_name: string; static_configs: { targets: string[] }[] }[];
    rule_files: string[];
  }>('docs/containers/prometheus.yml');
  expect(jobs).toEqual([{ job_name: 'hecto-onboarding', static_configs: [{ targets: ['bff:9464'] }] }]);
  expect(readFileSync(join(project, 'docs/operation/alerts.yml'), 'utf8')).toContain(
    'job="hecto-onboarding"',
  );
  const there = mountsOf(services['prometheus']!).map(({ to }) => to);
  for (const file of rule_files) expect(there).toContain(`/etc/prometheus/${file}`);
});

test('Grafana finds its data and the dashboard', () => {
  const { datasources } = yaml<{ datasources: { type: string; url: string; isDefault: boolean }[] }>(
    'docs/containers/grafana/datasource.yml',
  );
  expect(datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }]);
  const { providers } = yaml<{ providers: { options: { path: string } }[] }>(
    'docs/containers/grafana/dashboards.yml',
  );
  const mounted = mountsOf(services['grafana']!).map(({ to }) => to);
  expect(mounted.some((to) => to.startsWith(`${providers[0]!.options.path}/`))).toBe(true);
});

describe.each(['README.md', 'README.ko.md'])('what docs/containers/%s has people run', (page) => {
  const { snippets } = readMarkdown(readFileSync(join(project, 'docs/containers', page), 'utf8'));
  const commands = snippets
    .filter(({ language }) => language === 'sh')
    .map(({ code }) => code.replaceAll('\\\n', ' ').split('\n'));

  test('names services and volumes that are there', () => {
    const all = commands.flat().join('\n');
    const asked = [...all.matchAll(/docker compose (?:exec|run|up)(?: -\S+)* ([a-z]\S*)/g)].map(
      ([, name]) => name,
    );
    expect(new Set(asked)).toEqual(new Set(['bff', 'migrate', 'postgres']));
    for (const name of asked) expect(Object.keys(services)).toContain(name);
    const mounted = [...all.matchAll(/ -v (\S+?):/g)].map(([, volume]) => volume);
    expect(mounted.length).toBeGreaterThan(0);
    for (const volume of mounted)
      expect(Object.keys(volumes).map((one) => `hecto-onboarding_${one}`)).toContain(volume);
  });

  // `up` alone stops the old BFF before it migrates, and a migration that fails then leaves nobody to answer.
  test('brings the schema up to date while the old BFF still answers', () => {
    expect(commands).toContainEqual([
      'docker compose build',
      'docker compose run --rm --no-deps migrate',
      'docker compose up --wait',
    ]);
  });
});
