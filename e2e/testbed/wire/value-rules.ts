import type { Field } from '../../../shared/hecto/contract.ts';
import { isRealDay } from '../../../shared/values/kst.ts';

/** The seed lists five of these; two vendor documents add colon and apostrophe, and we are as strict as the strictest. */
const forbidden = /[:&?'<>\p{Cc}]/u;

const kinds: Record<Field['kind'], RegExp> = { N: /^[0-9]+$/, A: /^[A-Za-z]+$/, AN: /^/ };

const formats: Record<NonNullable<Field['format']>, (value: string) => boolean> = {
  yyyyMMdd: isRealDay,
  ipv4: (value) => /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.|$)){4}$/.test(value) && !value.endsWith('.'),
  HHmmss: (value) => /^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(value),
};

/** How long Hecto's tables say a value is. */
function lengthOf(field: Field, plain: string, wire: string): number {
  switch (field.unit ?? 'utf8') {
    case 'utf8':
      return Buffer.byteLength(plain, 'utf8');
    case 'euckr':
      return [...plain].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) < 0x80 ? 1 : 2), 0);
    case 'characters':
      return [...plain].length;
    case 'ciphertext':
      return wire.length;
  }
}

/** Why Hecto would refuse this value, or `undefined` when it would not. */
export function complaintAbout(field: Field, plain: string, wire: string): string | undefined {
  if (lengthOf(field, plain, wire) > field.max) return `longer than ${field.max} (${field.unit ?? 'utf8'})`;
  if (field.plainLength !== undefined && plain.length !== field.plainLength) {
    return `not ${field.plainLength} long`;
  }
  if (!kinds[field.kind].test(plain)) return field.kind === 'N' ? 'not digits only' : 'not letters only';
  if (forbidden.test(plain)) return 'holds a forbidden character';
  if (field.ascii && !/^[\x20-\x7e]+$/.test(plain)) return 'not ASCII';
  if (field.values && !field.values.includes(plain)) return `not one of ${field.values.join(', ')}`;
  if (field.format && !formats[field.format](plain)) return `not a real ${field.format}`;
  return undefined;
}
