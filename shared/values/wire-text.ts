// Five by one document of Hecto's, seven by another; the longer list is safe with both.
const forbidden = /[:&?'<>\p{Cc}\p{Cs}\u2028\u2029]/u;

/** How a text is counted: bytes of UTF-8, two for what is not ASCII (EUC-KR), or characters. */
export type TextUnit = 'utf8' | 'euckr' | 'characters';

/** What one of Hecto's text fields takes, in words for the error: `1 to 30 bytes of UTF-8 without : & ? ' < >`. */
export const wireTextRule = (max: number, unit: TextUnit = 'utf8'): string =>
  `1 to ${max} ${unitNames[unit]} without : & ? ' < > or control characters`;

const unitNames: Record<TextUnit, string> = {
  utf8: 'bytes of UTF-8',
  euckr: 'characters, a Korean one counting two,',
  characters: 'characters',
};

/** Whether a text may stand in a field of Hecto's that is `max` long. */
export function fitsWireText(text: string, max: number, unit: TextUnit = 'utf8'): boolean {
  return text !== '' && !forbidden.test(text) && lengthOf(text, unit) <= max;
}

function lengthOf(text: string, unit: TextUnit): number {
  switch (unit) {
    case 'utf8':
      return new TextEncoder().encode(text).length;
    case 'euckr':
      return [...text].reduce((length, character) => length + (character <= '\x7f' ? 1 : 2), 0);
    case 'characters':
      return [...text].length;
  }
}
