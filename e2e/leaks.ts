/** Looks for secrets and personal data where they must not be, in every form that a program might leave. */

/** What must not be found, by a name that a failing test may print: the value itself it never prints. */
export type Secrets = Readonly<Record<string, string>>;

/** `name as form in place`, for every secret that stands in one of the texts. */
export function findLeaks(secrets: Secrets, places: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(secrets)) {
    for (const [form, pattern] of distinct(formsOf(value))) {
      for (const [place, text] of Object.entries(places)) {
        if (pattern.test(text)) found.push(`${name} as ${form} in ${place}`);
      }
    }
  }
  return found;
}

function formsOf(value: string): [form: string, pattern: RegExp][] {
  const bytes = Buffer.from(value, 'utf8');
  const unicodeEscapes = value.replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    ['plain text', plain(value)],
    ['JSON escapes', plain(unicodeEscapes)],
    ['URL encoding', plain(encodeURIComponent(value))],
    ['hexadecimal', new RegExp(bytes.toString('hex'), 'i')],
    ...base64Cores(bytes).map((core): [string, RegExp] => ['base64', new RegExp(escape(core))]),
    ...base64Cores(bytes).map((core): [string, RegExp] => ['base64url', new RegExp(escape(urlSafe(core)))]),
  ];
}

/** Plain digits look the same in most forms: each pattern counts once, under its first name. */
function distinct(forms: [form: string, pattern: RegExp][]): [form: string, pattern: RegExp][] {
  return forms.filter(
    (form, index) => forms.findIndex(([, { source }]) => source === form[1].source) === index,
  );
}

/** Six digits happen by chance inside a long number or a hash, so a short value must stand by itself. */
function plain(value: string): RegExp {
  const short = /^\w{1,9}$/.test(value);
  return new RegExp(short ? `(?<![0-9A-Za-z+/])${escape(value)}(?![0-9A-Za-z+/])` : escape(value));
}

/** Base64 of the bytes at each of the three positions they can have inside a longer text, without the ragged ends. */
function base64Cores(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const encoded = padded.toString('base64').replace(/=+$/, '');
    const raggedEnd = padded.length % 3 === 0 ? 0 : 1;
    return encoded.slice(before === 0 ? 0 : before + 1, encoded.length - raggedEnd);
  });
}

const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_');
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
