/**
 * The Dockerfile without a container engine: its steps are taken one by one, and each stage becomes a folder that holds
 * what the image would hold above its base image.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import dockerignore, { type Ignore } from '@balena/dockerignore';
import { Copy, DockerfileParser, Env, From, type Instruction } from 'dockerfile-ast';

export type Image = {
  /** What is `/` in a container. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  /** `uid:gid` */
  readonly user: string;
  readonly ports: readonly number[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
};

type Stage = { readonly base: string; readonly steps: readonly Instruction[] };

const fromScratch = { workdir: '/', env: {}, user: '0:0', ports: [], command: [], healthcheck: [] };

export class Images {
  readonly #context: string;
  readonly #folder: string;
  readonly #stages = new Map<string, Stage>();
  readonly #built = new Map<string, Image>();
  readonly #ignored: Ignore;

  /** Of the Dockerfile in `context`, laid out in `folder`. */
  constructor(context: string, folder: string) {
    this.#context = context;
    this.#folder = folder;
    this.#ignored = dockerignore.default().add(readFileSync(join(context, '.dockerignore'), 'utf8'));
    let steps: Instruction[] = [];
    const dockerfile = DockerfileParser.parse(readFileSync(join(context, 'Dockerfile'), 'utf8'));
    for (const step of dockerfile.getInstructions()) {
      if (step instanceof From) {
        steps = [];
        this.#stages.set(step.getBuildStage()!, { base: step.getImage()!, steps });
      } else steps.push(step);
    }
  }

  /** Whether a file of the project would be sent to the engine at all. */
  isSent(path: string): boolean {
    return !this.#ignored.ignores(path);
  }

  /** Builds a stage and what it needs, each once. @throws where an engine would fail, and for steps that we cannot take. */
  build(name: string): Image {
    const built = this.#built.get(name);
    if (built) return built;
    const stage = this.#stages.get(name);
    if (!stage) throw new Error(`The Dockerfile has no stage ${name}.`);
    const root = join(this.#folder, name);
    mkdirSync(root);
    let image: Image = { ...fromScratch, root };
    if (this.#stages.has(stage.base)) {
      const base = this.build(stage.base);
      cpSync(base.root, root, { recursive: true, verbatimSymlinks: true });
      image = { ...base, root };
    }
    for (const step of stage.steps) image = { ...image, ...this.#take(step, image) };
    this.#built.set(name, image);
    return image;
  }

  /** Takes one step; what it changes of the image. */
  #take(step: Instruction, image: Image): Partial<Image> {
    const said = step.getArgumentsContent() ?? '';
    if (step instanceof Copy) {
      this.#copy(step, image);
      return {};
    }
    if (step instanceof Env) {
      const given = step.getProperties().map((one) => [one.getName(), one.getValue() ?? '']);
      return { env: { ...image.env, ...(Object.fromEntries(given) as Record<string, string>) } };
    }
    switch (step.getKeyword()) {
      case 'WORKDIR':
        mkdirSync(join(image.root, said), { recursive: true });
        return { workdir: said };
      case 'RUN':
        this.#run(said, image);
        return {};
      case 'USER':
        return { user: said };
      case 'EXPOSE':
        return { ports: said.split(' ').map(Number) };
      case 'HEALTHCHECK':
        return { healthcheck: JSON.parse(said.replace(/^[^[]*\bCMD /, '')) as string[] };
      case 'CMD':
        return { command: JSON.parse(said) as string[] };
      default:
        throw new Error(`This does not know the step ${step.getKeyword()}.`);
    }
  }

  /** A folder's content goes into a folder, a file beside or to it. */
  #copy(step: Copy, { root, workdir }: Image): void {
    const from = step.getFromFlag()?.getValue() ?? undefined;
    const named = step.getArguments().map((one) => one.getValue());
    const target = named.at(-1)!;
    const place = join(root, resolve(workdir, target));
    for (const source of named.slice(0, -1)) {
      if (from === undefined && !this.isSent(source)) throw new Error(`${source} is not sent.`);
      const path = join(from === undefined ? this.#context : this.build(from).root, source);
      const intoFolder = target.endsWith('/') && !statSync(path).isDirectory();
      cpSync(path, intoFolder ? join(place, basename(source)) : place, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (one) => from !== undefined || this.isSent(relative(this.#context, one)),
      });
    }
  }

  #run(command: string, { root, workdir, env }: Image): void {
    const cwd = join(root, workdir);
    // All packages, as the project has them itself.
    if (command === 'npm ci --ignore-scripts') {
      symlinkSync(join(this.#context, 'node_modules'), join(cwd, 'node_modules'));
      return;
    }
    // Not as a test: that would be a build for development.
    const { NODE_ENV: _1, VITEST: _2, ...own } = process.env;
    execFileSync('sh', ['-c', command], {
      cwd,
      env: { ...own, ...env, npm_config_prefer_offline: 'true', npm_config_audit: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}
