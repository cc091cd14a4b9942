import { Problem } from './problem.ts';

const maxDepth = 8;
const maxKeys = 64;
const refusedKeys: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const stringToken = /"(?:[^"\\]|\\.)*"/y;
const numberToken = /-?[\d.eE+-]+/y;

const invalid = (detail: string) => new Problem('invalid-json', { detail });

/**
 * Reads a JSON text that has one meaning only (S45, S47, S48). Beyond bad JSON it refuses invalid UTF-8, a byte
 * order mark, keys that come twice or reach for a prototype, numbers that JavaScript would change, half
 * characters, NUL, and anything too deep. Throws the Problem `invalid-json`.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw invalid('The body must be UTF-8.');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('The body must be valid JSON.');
  }
  checkTokens(text);
  return value;
}

/** Walks over a text that is known to be JSON. */
function checkTokens(text: string): void {
  // One entry an open bracket: the keys of an object, or undefined for a list.
  const open: (Set<string> | undefined)[] = [];
  let keyComes = false;
  let keys = 0;

  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      keyComes = character === '{';
      if (open.length > maxDepth) throw invalid(`The body may be ${maxDepth} levels deep.`);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',') {
      keyComes = open.at(-1) !== undefined;
    } else if (character === '"') {
      const token = tokenAt(stringToken, text, at);
      const string = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
      if (/\p{Surrogate}|\0/u.test(string)) throw invalid('Text must not hold NUL or half a character.');
      if (keyComes) {
        const seen = open.at(-1)!;
        if (seen.has(string)) throw invalid('A key must not come twice.');
        if (refusedKeys.includes(string)) throw invalid('A key is not allowed.');
        seen.add(string);
        keys += 1;
        if (keys > maxKeys) throw invalid(`The body may have ${maxKeys} keys.`);
        keyComes = false;
      }
      at += token.length - 1;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      const token = tokenAt(numberToken, text, at);
      if (!(Math.abs(Number(token)) <= Number.MAX_SAFE_INTEGER)) throw invalid('A number is too large.');
      at += token.length - 1;
    }
  }
}

function tokenAt(token: RegExp, text: string, at: number): string {
  token.lastIndex = at;
  return token.exec(text)![0];
}
