/**
 * What a log line may hold. Each kind lets through only what cannot be personal: numbers, flags, our own ids,
 * words from a closed list, and paths of our own code. Anything else is withheld, whatever its type says.
 */
export type LogField<T> = { readonly fits: (value: unknown) => value is T; readonly optional?: true };

export const withheld = '(withheld)';

export const number: LogField<number> = {
  fits: (value): value is number => typeof value === 'number' && Number.isFinite(value),
};

export const flag: LogField<boolean> = { fits: (value): value is boolean => typeof value === 'boolean' };

const matching = (pattern: RegExp): LogField<string> => ({
  fits: (value): value is string => typeof value === 'string' && pattern.test(value),
});

/** An id that we made ourselves. */
export const id = matching(/^(obs|req|reg|pay|rfd|rmt|evt)_[A-Za-z0-9_-]{8,40}$/);
/** One of Hecto's status or result codes. */
export const hectoCode = matching(/^(ST\d\d|V[A-Z0-9]{3}|\d{4})$/);
/** A calendar day, yyyyMMdd. */
export const day = matching(/^20\d{6}$/);
/** The pattern of a route, never the path that was asked for. */
export const route = matching(/^\/[a-zA-Z0-9/:_.{}*-]{0,80}$/);
/** An address that we listen on. */
export const address = matching(/^https?:\/\/[a-zA-Z0-9.[\]:-]{1,120}$/);
/** The class or code of an error, never its message. */
export const errorName = matching(/^[A-Za-z0-9_]{1,60}$/);
/** A variable of the environment, by its name. */
export const variable = matching(/^[A-Z][A-Z0-9_]{1,60}$/);
/** Where an error arose: the frames of its stack without the message. */
export const frames = matching(/^(\s+at [^\n]{1,300}\n?)*$/);

/** A word from a closed list. */
export const oneOf = <const V extends string>(words: readonly V[]): LogField<V> => ({
  fits: (value): value is V => words.some((word) => word === value),
});

export const optional = <T>(field: LogField<T>) => ({ ...field, optional: true }) as const;
