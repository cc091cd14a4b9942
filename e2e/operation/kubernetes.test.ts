import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import { Job, type IJob } from 'kubernetes-models/batch/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, Service, type IConfigMap } from 'kubernetes-models/v1';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseConfig } from '../../bff/config.ts';
import { readMarkdown } from '../docs/markdown.ts';

const project = join(import.meta.dirname, '../..');
const folder = join(project, 'docs/kubernetes');

type Found = {
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly what: { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } };
};

const found: Found[] = readdirSync(folder).flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => {
    const what = document.toJS() as Found['what'];
    return { file, kind: what.kind, name: what.metadata.name, what };
  }),
);
const the = <T>(kind: string): T => found.find((one) => one.kind === kind)!.what as unknown as T;

const models = {
  ConfigMap,
  Deployment,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
};

const deployment = the<IDeployment>('Deployment').spec!.template.spec!;
const job = the<IJob>('Job').spec!.template.spec!;
const settings = the<IConfigMap>('ConfigMap').data!;

test.each(found)(
  '$file: the $kind $name is one that Kubernetes knows, in our namespace',
  ({ kind, what }) => {
    const Model = models[kind as keyof typeof models] as new (data: unknown) => { validate(): void };
    expect(() => {
      new Model(what).validate();
    }).not.toThrow();
    expect([Model, what.apiVersion]).toEqual([
      Model,
      (Model as unknown as { apiVersion: string }).apiVersion,
    ]);
    const { name, namespace } = what.metadata;
    expect(kind === 'Namespace' ? name : namespace).toBe('hecto-onboarding');
  },
);

test('what Kubernetes does not know is found', () => {
  const wrong = structuredClone(the<IDeployment>('Deployment'));
  Object.assign(wrong.spec!.template.spec!.containers[0]!, { livenessProbe: { httpGet: { port: [] } } });
  expect(() => {
    new Deployment(wrong).validate();
  }).toThrow();
});

describe.each([
  ['the BFF', deployment],
  ['the migration', job],
] as const)('the pod of %s', (_, pod) => {
  test('keeps to what the namespace enforces: no root, no rights, and files that nobody changes', () => {
    expect(the<{ metadata: { labels: object } }>('Namespace').metadata.labels).toEqual({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expect(pod.automountServiceAccountToken).toBe(false);
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 10_001,
      runAsGroup: 10_001,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(pod.initContainers).toBeUndefined();
    for (const { securityContext, resources, volumeMounts } of pod.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(resources?.limits).toHaveProperty('memory');
      for (const { readOnly } of volumeMounts ?? []) expect(readOnly).toBe(true);
    }
  });
});

const pages = ['docs/containers/README.md', 'docs/containers/README.ko.md'];

describe.each(pages)('%s', (page) => {
  const commands = readMarkdown(readFileSync(join(project, page), 'utf8'))
    .snippets.map(({ code }) => code)
    .join('\n')
    .replaceAll('\\\n', ' ');
  const keysOf = (secret: string) => {
    const [line = ''] = new RegExp(`create secret generic ${secret} .*`).exec(commands) ?? [];
    return [...line.matchAll(/--from-file=([A-Z_]+)=/g)].map(([, name]) => name!);
  };

  test('makes secrets with which, and with the settings beside it, the BFF and the migration start', () => {
    const values: Readonly<Record<string, string>> = {
      HECTO_AES_KEY: 'A'.repeat(32),
      HECTO_HASH_KEY: 'H'.repeat(20),
      DATABASE_URL: 'postgres://hecto_bff@db.example.com/hecto',
      DATABASE_MIGRATION_URL: 'postgres://hecto_owner@db.example.com/hecto',
      DATA_KEYS: `k1:${'A'.repeat(43)}=`,
      PIN_PEPPER: 'p'.repeat(64),
      MERCHANT_API_KEYS: `sk_${'k'.repeat(48)}`,
      WEBHOOK_SECRETS: `whsec_${Buffer.alloc(32).toString('base64')}`,
    };
    const terms = mkdtempSync(join(tmpdir(), 'hecto-onboarding-terms-'));
    const from: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      'hecto-onboarding': { ...settings, TERMS_DIR: terms },
    };
    const environmentOf = (pod: typeof deployment) =>
      Object.assign(
        {},
        ...(pod.containers[0]!.envFrom ?? []).map(({ configMapRef, secretRef }) => {
          if (configMapRef) return from[configMapRef.name!];
          const names = keysOf(secretRef!.name!);
          expect(names.length).toBeGreaterThan(0);
          // As files end, and `--from-file` takes them.
          return Object.fromEntries(names.map((name) => [name, `${values[name]!}\n`]));
        }),
      ) as Record<string, string>;
    try {
      const config = parseConfig(environmentOf(deployment));
      expect(config).toMatchObject({
        hectoEnv: 'production',
        databaseUrl: values['DATABASE_URL'],
        publicUrl: 'https://bff.example.com',
        trustProxy: ['10.244.0.0/16'],
        webhook: { url: 'https://shop.example.com/webhooks' },
      });
      expect(config.databaseMigrationUrl).toBeUndefined();
      expect(parseConfig(environmentOf(job)).databaseMigrationUrl).toBe(values['DATABASE_MIGRATION_URL']);
    } finally {
      rmSync(terms, { recursive: true, force: true });
    }
    expect(settings['TERMS_DIR']).toBe(deployment.containers[0]?.volumeMounts?.[0]?.mountPath);
  });

  test('applies every file, and the migration before the BFF', () => {
    const applied = [...commands.matchAll(/-f docs\/kubernetes\/([\w.]+)/g)].map(([, file]) => file!);
    expect([...new Set(applied)].sort()).toEqual(readdirSync(folder).sort());
    expect(applied.indexOf('migrate.yaml')).toBeLessThan(applied.indexOf('bff.yaml'));
    expect(commands).toContain(`create configmap ${deployment.volumes![0]!.configMap!.name!} `);
  });
});

test('probes, service, ingress and network policy speak of ports and paths that the image serves', () => {
  const [container] = deployment.containers as [(typeof deployment.containers)[0]];
  const dockerfile = readFileSync(join(project, 'Dockerfile'), 'utf8');
  const [, http, metrics] = /PORT=(\d+) .*METRICS_PORT=(\d+)/.exec(dockerfile)!.map(Number);
  expect(container.ports).toEqual([
    { name: 'http', containerPort: http },
    { name: 'metrics', containerPort: metrics },
  ]);
  const { startupProbe, livenessProbe, readinessProbe } = container;
  for (const probe of [startupProbe, livenessProbe, readinessProbe])
    expect(probe?.httpGet?.port).toBe('http');
  expect([startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet?.path)).toEqual([
    '/healthz',
    '/healthz',
    '/readyz',
  ]);
  expect(the<{ spec: { ports: unknown } }>('Service').spec.ports).toEqual([
    { name: 'http', port: 80, targetPort: 'http' },
  ]);
  expect(
    the<{ spec: { ingress: { ports: unknown }[] } }>('NetworkPolicy').spec.ingress.map(({ ports }) => ports),
  ).toEqual([[{ port: http }], [{ port: metrics }]]);
});

test('both pods are of the image of this version', () => {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string };
  for (const pod of [deployment, job])
    expect(pod.containers.map(({ image }) => image)).toEqual([
      `registry.example.com/hecto-onboarding:${version}`,
    ]);
});

test('a pod has the time to end what it began, and its selector finds it', () => {
  const { selector, template } = the<IDeployment>('Deployment').spec!;
  expect(selector.matchLabels).toEqual(template.metadata?.labels);
  expect(the<{ spec: { selector: unknown } }>('Service').spec.selector).toEqual(selector.matchLabels);
  expect(the<{ spec: { selector: unknown } }>('PodDisruptionBudget').spec.selector).toEqual(selector);
  // Five seconds before it is told, then up to 35 (`patienceMs` of bff/app.ts).
  expect(deployment.terminationGracePeriodSeconds).toBeGreaterThan(5 + 35);
});
