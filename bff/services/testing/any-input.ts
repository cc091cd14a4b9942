import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { System } from './start-system.ts';

/*
 * What the tests share that send any input: how much of it, what people and machines send by mistake or malice, and
 * what is watched meanwhile. `FUZZ_RUNS` says how many requests each path gets; a failure prints seed and path.
 * `FUZZ_SEED=<seed>` sends the same ones again.
 */

export const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
/** Requests that are on their way together. */
export const side = 8;
// The same requests at every run of CI, so that a change is judged by what it changed; new ones everywhere else.
export const seed = Number(process.env['FUZZ_SEED'] ?? (process.env['CI'] ? 4711 : Date.now() % 1_000_000));

/** So long a path may take with all its requests: 50 a second, on whatever machine. */
const pathMs = 30_000 + runs * 20;
/** Time for the things that have to be there first. */
export const timeout = pathMs + 60_000;
/** So long one answer may take: the API answers within 8 s, whatever Hecto does. */
export const answerMs = 10_000;
/** For fast-check: so many rounds of `side` requests, and a path that hangs fails. */
export const rounds = {
  ...{ numRuns: Math.ceil(runs / side), seed },
  ...{ interruptAfterTimeLimit: pathMs, markInterruptAsFailure: true },
};

/**
 * For requests that depend on what was there before: another try would find something else, so none is made, and the
 * round says more than the counterexample.
 */
export function reporter<T>({ failed, interrupted, numRuns, errorInstance }: fc.RunDetails<T>): void {
  if (!failed) return;
  const where = `round ${numRuns}, FUZZ_SEED=${seed}`;
  throw new Error(interrupted ? `took more than ${pathMs / 1000} s: ${where}` : where, {
    cause: errorInstance,
  });
}

const evil = ['<script>', "' OR 1=1 --", '../../etc/passwd', '//evil.example', '\\evil', '\r\nX-Evil: 1'];
/** What no answer repeats. */
export const repeated = /<script>|OR 1=1|etc\/passwd|X-Evil/;

export const words: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...evil,
    ...['', ' ', '0', '-1', '1e999', 'null', 'toString', '%00', '%ff', '%E0%A4', ':&?', 'obs_', 'ct_'],
    ...['__proto__', 'constructor', 'prototype', '\u0000', '\u2028', '\ud800', '１２３４５６', '\u202e321'],
    ...['a'.repeat(5_000), '가'.repeat(300), '𝒳'.repeat(40), 'ㄱ\u1100\u1161'],
    ...['2026-02-29', '9999-99-99', '0000-00-00', '00000000000000'],
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
export const values: fc.Arbitrary<unknown> = fc.oneof(
  words,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, true, [], {}, [[]], { toString: 1 }, 9_999_999_999_999, Number.MAX_SAFE_INTEGER + 2),
  fc.jsonValue({ maxDepth: 5 }),
);

/** Text for a path or a query, so that a client can send it. */
export const escaped = (text: string): string =>
  encodeURIComponent(text.slice(0, 400).replaceAll(/\p{Cs}/gu, '?'));

/** Makes something of a body that fits: nothing, or JSON that is wrong in one place. */
export type Edit = (body: object) => Buffer;

const ways = ['spoil', 'leave out', 'add', 'prototype', 'twice', 'as it is'] as const;
/** A value is spoilt, a field is missing or unknown, a key comes twice or is nobody's business. */
export const edits: fc.Arbitrary<Edit> = fc
  .tuple(fc.nat(), values, words, fc.constantFrom(...ways))
  .map(([place, other, word, how]) => (body) => {
    const names = Object.keys(body);
    const name = names[place % Math.max(1, names.length)] ?? 'unknown';
    const { [name as never]: _, ...rest } = body as Record<string, unknown>;
    const text = JSON.stringify(body);
    const comma = names.length > 0 ? ',' : '';
    const edited = {
      spoil: () => JSON.stringify({ ...body, [name]: other }),
      'leave out': () => JSON.stringify(rest),
      add: () => JSON.stringify({ ...body, [word || 'x']: other }),
      prototype: () =>
        text.replace('{', `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}${comma}`),
      twice: () => text.replace('{', `{"${name}":1${comma}`),
      'as it is': () => text,
    }[how]();
    return Buffer.from(edited, 'utf8');
  });

/** What is no JSON, or none that anybody should read. */
export const rough: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    ...[
      '\ufeff{}',
      '{',
      '[]',
      'null',
      '{"a":1e400}',
      '{"a":"\\ud800"}',
      '{"a":-0}',
      '{"\\u005f_proto__":1}',
    ].map((text) => Buffer.from(text)),
    Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    Buffer.from(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`),
    Buffer.from(`{"a":${'9'.repeat(400)}}`),
    Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.alloc(20_000, 0x20),
  ),
);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** What is still held, but for what the test itself keeps: the log, and the requests that Hecto's side saw. */
function heapMegabytes(system: System): number {
  system.log.length = 0;
  system.testbed.requests.clear();
  // Fewer requests tell less than what is compiled and cached on the way.
  if (tellsOfMemory) collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const everyMs = 10_000;
const isLong = runs > 1_000;
const tellsOfMemory = runs >= 1_000;
const mostKeptMegabytes = 32;
let total = 0;

/** Looks on while a path is sent its requests. A long run tells how it is going. */
export class Watch {
  readonly #system: System;
  readonly #path: string;
  readonly #planned: number;
  readonly #heap: number;
  readonly #begun = performance.now();
  readonly #prototypes = prototypes();
  readonly #statuses = new Map<number, number>();
  #told = this.#begun;
  #requests = 0;
  #slowest = 0;

  constructor(system: System, path: string, planned = runs) {
    this.#system = system;
    this.#path = path;
    this.#planned = planned;
    this.#heap = heapMegabytes(system);
  }

  /** Notes an answer. */
  saw(status: number, ms: number): void {
    this.#requests += 1;
    this.#slowest = Math.max(this.#slowest, ms);
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (!isLong || performance.now() - this.#told < everyMs) return;
    this.#told = performance.now();
    this.#tell(`${this.#requests} of ${this.#planned} in ${this.#seconds()} s`);
  }

  /** When all is sent: no fault in the log, no prototype changed, nothing kept in memory. */
  finish(more = ''): void {
    const faults = this.#system.log.filter((line) => line.includes('"fault"'));
    const heap = heapMegabytes(this.#system);
    total += this.#requests;
    const statuses = [...this.#statuses]
      .toSorted(([a], [b]) => a - b)
      .map(([of, times]) => `${of}: ${times}`);
    if (isLong) {
      this.#tell(
        `${this.#requests} requests in ${this.#seconds()} s (${statuses.join(', ')}), slowest ${this.#slowest.toFixed(0)} ms, ` +
          `heap ${this.#heap.toFixed(0)} -> ${heap.toFixed(0)} MB${more}; ${total} in all`,
      );
    }
    expect(faults).toEqual([]);
    expect(prototypes()).toEqual(this.#prototypes);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    if (tellsOfMemory) expect(heap - this.#heap, 'megabytes kept').toBeLessThan(mostKeptMegabytes);
  }

  #seconds = () => ((performance.now() - this.#begun) / 1000).toFixed(1);
  #tell(what: string): void {
    process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${this.#path}: ${what}\n`);
  }
}

/** What everything inherits. */
const prototypes = () =>
  [Object, Array, Function, String, Number, Boolean, Promise, Map, Set, Buffer].map((of) =>
    Reflect.ownKeys(of.prototype as object).map(String),
  );
