/** compose.yaml, as far as the tests follow it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Service = {
  readonly image: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly pull_policy?: string;
  readonly profiles?: readonly string[];
  readonly user?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] };
  readonly stop_grace_period?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
};

export type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};

export const readCompose = (project: string): Compose =>
  parse(readFileSync(join(project, 'compose.yaml'), 'utf8'), { merge: true }) as Compose;

export type Mount = { readonly from: string; readonly to: string; readonly readOnly: boolean };

/** What a service sees of the project (`./…`) and of volumes, and where. */
export const mountsOf = ({ volumes = [] }: Service): Mount[] =>
  volumes.map((volume) => {
    const [from, to, mode] = volume.split(':') as [string, string, string?];
    return { from, to, readOnly: mode === 'ro' };
  });
