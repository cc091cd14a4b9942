import { endpointOf, type EndpointName } from '../../shared/hecto/endpoints.ts';
import { kstStamp } from '../../shared/values/kst.ts';
import { check, type PlainValues } from './check.ts';
import { encrypt, packetHash, type HectoKeys } from './cipher.ts';
import { InvalidRequest } from './errors.ts';

/** The date and time that a request says, Korean. Keep those of a money call: inquiries ask for them (H9). */
export type Stamp = { readonly date: string; readonly time: string };

export type Sealing = {
  readonly keys: HectoKeys;
  readonly merchantId: string;
  /** Instead of the catalogue's: two printed values are doubtful. */
  readonly hdInfo?: string | undefined;
  readonly now: Date;
};

export type Sealed = {
  /** The JSON to send. */
  readonly body: string;
  /** All plain values, the filled ones too. For comparing echoes; as secret as the request. */
  readonly plain: PlainValues;
  readonly sent: Stamp;
};

/**
 * Turns plain values into the body of a call: checked, completed with merchant and Korean time, hashed over the
 * plain values and encrypted field by field. Throws InvalidRequest. Pure.
 */
export function seal(
  name: EndpointName,
  request: unknown,
  { keys, merchantId, hdInfo, now }: Sealing,
): Sealed {
  const endpoint = endpointOf(name);
  const checked = check(endpoint, request);
  if ('errors' in checked) throw new InvalidRequest(name, checked.errors);

  const sent = kstStamp(now);
  const filled = { merchant: merchantId, date: sent.date, time: sent.time };
  const plain: Record<string, string> = {};
  const wire: Record<string, string> = { hdInfo: hdInfo ?? endpoint.hdInfo };
  for (const [field, rule] of Object.entries(endpoint.request)) {
    const value = rule.filled ? filled[rule.filled] : checked.values[field];
    if (value === undefined) continue;
    plain[field] = value;
    wire[field] = rule.encrypted ? encrypt(value, keys) : value;
  }
  if (endpoint.hash)
    wire['pktHash'] = packetHash(
      endpoint.hash.map((field) => plain[field] ?? ''),
      keys,
    );
  return { body: JSON.stringify(wire), plain, sent };
}
