import type { z } from 'zod';
import { Problem, type FieldError } from './problem.ts';

/**
 * Turns a body into the type the schema promises, or throws `invalid-request` naming each wrong field and what
 * is allowed there. Values are never repeated.
 */
export function validate<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.flatMap(errorsOf));
}

export const invalidRequest = (errors: readonly FieldError[]): Problem =>
  new Problem('invalid-request', { errors, detail: 'See errors for the fields and what they allow.' });

function errorsOf(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key]),
      message: 'is not known here',
    }));
  }
  return [{ field: fieldName(issue.path), message: issue.message }];
}

/** `items.0.agreed`; the body itself is `body`. Keys of a stranger are shown only when they look like names. */
function fieldName(path: readonly PropertyKey[]): string {
  const parts = path.map((part) => (/^[\w.-]{1,64}$/.test(String(part)) ? String(part) : '(unreadable)'));
  return parts.join('.') || 'body';
}
