import type { FindingCode } from '../../text/doctor-texts.ts';

/** One thing that was looked at. Its text, and whether it is a fault, stands in `doctor-texts`; values are never secrets. */
export type Finding = {
  readonly code: FindingCode;
  readonly values: Readonly<Record<string, string | number>>;
};

export const finding = (code: FindingCode, values: Finding['values'] = {}): Finding => ({ code, values });
