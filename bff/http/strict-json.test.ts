import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { parseStrictJson } from './strict-json.ts';

const parse = (text: string | Uint8Array) =>
  parseStrictJson(typeof text === 'string' ? new TextEncoder().encode(text) : text);
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('S45 S47 S48 a body with one meaning only', () => {
  test.each<[string, string | Uint8Array]>([
    ['nothing', ''],
    ['no JSON', '{"a":'],
    ['two values', '{} {}'],
    ['a byte order mark', '\ufeff{}'],
    ['bytes that are no UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['UTF-8 longer than needed', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22)],
    ['a key twice', '{"a":1,"a":2}'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a key twice further in', '[{"b":{"a":1,"c":[],"a":2}}]'],
    ['__proto__', '{"__proto__":{}}'],
    ['__proto__ escaped', '{"__pro\\u0074o__":{}}'],
    ['constructor', '{"a":{"constructor":1}}'],
    ['prototype', '{"prototype":1}'],
    ['nine levels', nested(9)],
    ['65 keys', JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, n) => [n, n])))],
    ['half a character', '"\\ud800"'],
    ['NUL', '"\\u0000"'],
    ['a number that JavaScript would change', '9007199254740993'],
    ['an endless number', '1e999'],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid-json' }) as Error);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('takes everything else as JSON.parse does', () => {
    expect(parse(nested(8))).toEqual(JSON.parse(nested(8)));
    expect(parse('{"a":{"a":[{"a":"\\"a\\":1"},-1.5e3]},"b":"😀\\ud83d\\ude00,{"}')).toEqual({
      a: { a: [{ a: '"a":1' }, -1500] },
      b: '😀😀,{',
    });
    const value = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify(json);
        fc.pre(
          !/__proto__|constructor|prototype|\\u0000|\\ud[89a-f]/i.test(text) &&
            !/\d{16}|e[+-]\d{2}/.test(text),
        );
        fc.pre((text.match(/:/g) ?? []).length < 60);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
