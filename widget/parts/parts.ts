import { define } from './define.ts';
import { HectoCountdown } from './hecto-countdown.ts';
import { HectoField } from './hecto-field.ts';
import { HectoSheet } from './hecto-sheet.ts';

/**
 * Registers every part under its tag; doing it again changes nothing.
 * @throws TagTaken when another script holds one of the tags.
 */
export function defineParts(): void {
  define({ 'hecto-countdown': HectoCountdown, 'hecto-field': HectoField, 'hecto-sheet': HectoSheet });
}
