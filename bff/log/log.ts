import { pino, type DestinationStream } from 'pino';
import type { LogLevel } from '../config.ts';
import { currentWork } from './current-work.ts';
import { events, type EventName } from './events.ts';
import { withheld, type LogField } from './fields.ts';

type FieldsOf<N extends EventName> = (typeof events)[N]['fields'];
type OptionalOf<F> = { [K in keyof F]: F[K] extends { optional: true } ? K : never }[keyof F];
type ValueOf<F> = F extends LogField<infer T> ? T : never;

/** The values of one event. */
export type EventValues<N extends EventName> = {
  readonly [K in Exclude<keyof FieldsOf<N>, OptionalOf<FieldsOf<N>>>]: ValueOf<FieldsOf<N>[K]>;
} & { readonly [K in OptionalOf<FieldsOf<N>>]?: ValueOf<FieldsOf<N>[K]> | undefined };

/** A structured log that cannot print personal data: see `events` and `fields`. */
export type Log = {
  event<N extends EventName>(name: N, values: EventValues<N>): void;
  /** Something unexpected: its class, code and place, never its message, which may quote a value. */
  fault(error: unknown, where?: { readonly requestId?: string; readonly sessionId?: string }): void;
  /** Writes out what is still in memory; call before the process ends. */
  flush(): void;
};

/**
 * Writes JSON lines to `stream`, or to standard output in batches. `observe` is told of every event, also of those that
 * `level` leaves out, with what may be logged of it.
 */
export function createLog(
  level: LogLevel,
  clock: () => Date,
  stream?: NodeJS.WritableStream,
  observe: <N extends EventName>(name: N, values: EventValues<N>) => void = () => undefined,
): Log {
  const destination: DestinationStream & { flushSync?: () => void } =
    stream ?? pino.destination({ dest: 1, sync: false, minLength: 16_000, periodicFlush: 500 });
  const logger = pino(
    { level, base: null, timestamp: () => `,"time":"${clock().toISOString()}"`, messageKey: 'event' },
    destination,
  );

  function event<N extends EventName>(name: N, values: EventValues<N>): void {
    const line: Record<string, unknown> = {};
    for (const [field, kind] of fieldsOf[name]!) {
      const given = (values as Readonly<Record<string, unknown>>)[field];
      const value = given ?? (isOfWork(field) ? currentWork.getStore()?.[field] : undefined);
      if (value !== undefined) line[field] = kind.fits(value) ? value : withheld;
    }
    logger[events[name].level](line, name);
    observe(name, line as EventValues<N>);
  }

  function fault(error: unknown, where: Parameters<Log['fault']>[1] = {}): void {
    const { name, code, stack, cause } = describe(error);
    event('fault', { ...where, name, code, frames: stack, cause });
  }

  return { event, fault, flush: () => destination.flushSync?.() };
}

const fieldsOf = Object.fromEntries(
  Object.entries(events).map(([name, { fields }]) => [name, Object.entries(fields)]),
) as Readonly<Record<string, readonly (readonly [name: string, kind: LogField<unknown>])[]>>;

const isOfWork = (field: string) => field === 'requestId' || field === 'intentId';

function describe(error: unknown): { name: string; code?: string; stack?: string; cause?: string } {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = (error as NodeJS.ErrnoException).code;
  const stack = framesOf(error);
  return {
    name: error.constructor.name,
    ...(typeof code === 'string' && { code }),
    ...(stack && { stack }),
    ...(error.cause !== undefined && { cause: describe(error.cause).name }),
  };
}

/** The stack begins with the message, which may itself look like frames: only what follows it is taken. */
function framesOf({ stack = '', message }: Error): string {
  const messageAt = stack.indexOf(message);
  if (messageAt < 0) return '';
  return stack
    .slice(messageAt + message.length)
    .split('\n')
    .filter((line) => /^\s+at .{1,280}$/.test(line))
    .slice(0, 12)
    .join('\n');
}
