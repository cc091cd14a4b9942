/** Writes a JSON schema as TypeScript, which is shorter to read than a table and can be checked. */

/** The parts of JSON Schema that our document uses. */
export type Schema = {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number | boolean;
  readonly oneOf?: readonly Schema[];
  readonly default?: string | number | boolean;
  readonly example?: string | number | boolean;
};

/** A component's name: what comes in and goes out is called the same. */
export const nameOf = (ref: string): string => ref.replace(/^.*\//, '').replace(/Output$/, '');

/** The schema as a type. `say` gives a description in the reader's language; names of components stay names. */
export function typeText(schema: Schema, say: (words: string) => string, indent = ''): string {
  const again = (part: Schema, more = '') => typeText(part, say, indent + more);
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (schema.oneOf) return schema.oneOf.map((part) => again(part)).join(' | ');
  if (schema.type === 'array') return `${bracketed(again(schema.items ?? {}))}[]`;
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'string' || schema.type === 'boolean') return schema.type;
  if (schema.properties && Object.keys(schema.properties).length > 0) {
    const lines = Object.entries(schema.properties).flatMap(([name, part]) => {
      const optional = schema.required?.includes(name) ? '' : '?';
      const key = /^\w+$/.test(name) ? name : `'${name}'`;
      return [...comment(part, say), `${key}${optional}: ${again(part, '  ')};`].map(
        (line) => `${indent}  ${line}`,
      );
    });
    return `{\n${lines.join('\n')}\n${indent}}`;
  }
  const { additionalProperties } = schema;
  return typeof additionalProperties === 'object'
    ? `Record<string, ${again(additionalProperties)}>`
    : 'Record<string, unknown>';
}

const literal = (value: string | number | boolean) =>
  typeof value === 'string' ? `'${value}'` : String(value);
const bracketed = (text: string) => (/ \| /.test(text) && !text.startsWith('{') ? `(${text})` : text);

function comment({ description, default: preset }: Schema, say: (words: string) => string): string[] {
  const words = [
    ...(description === undefined ? [] : [say(description)]),
    ...(preset === undefined ? [] : [say('Default $1.').replace('$1', `\`${String(preset)}\``)]),
  ];
  return words.length === 0 ? [] : [`/** ${words.join(' ')} */`];
}
