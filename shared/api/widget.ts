/**
 * The widget API, browser to BFF. Schemas check on the server; the widget imports the types only.
 * Every journey call answers 200 with `Answered`: the whole public state, also after a refusal (then in
 * `state.refusal`). Problems are for requests that are malformed, unauthorised or out of order.
 */
import { z } from 'zod';
import type { Instant, State, Words } from './state.ts';

/** Where the widget API lives on the BFF. */
export const widgetApi = '/widget-api/v1';

const carrier = z.enum(['skt', 'kt', 'lgu', 'skt-mvno', 'kt-mvno', 'lgu-mvno']);

/**
 * `POST /sessions`: the client token for a session. With `transport: 'cookie'` (hosted page) the session
 * token comes as an HttpOnly cookie, otherwise in the body for `Authorization: Bearer`.
 */
export const exchange = z.strictObject({
  clientToken: z.string().min(20).max(200),
  transport: z.enum(['bearer', 'cookie']).default('bearer'),
});
export type Exchange = z.input<typeof exchange>;
export type Answered = { readonly state: State };
/**
 * Also the answer to `POST /session/code?rotates` and `/session/pass?rotates` once the phone is proven: from then on
 * the old token is no good. If the answer got lost, the same command with the old token brings another new one, for a
 * minute.
 */
export type Exchanged = { readonly sessionToken?: string; readonly state: State };

/** `POST /session/consents`: one entry for every document that was shown. Required ones must be agreed to. */
export const consents = z.strictObject({
  items: z
    .array(
      z.strictObject({
        documentId: z.string().min(1).max(64),
        version: z.string().min(1).max(32),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        agreed: z.boolean(),
        opened: z.boolean(),
      }),
    )
    .min(1)
    .max(32),
});
export type Consents = z.input<typeof consents>;

/** `POST /session/identity`: starts the phone verification. `birth` is yyMMdd, `genderDigit` the seventh digit. */
export const identity = z.strictObject({
  name: z.string().min(1).max(120),
  birth: z.string().regex(/^\d{6}$/),
  genderDigit: z.string().regex(/^[1-8]$/),
  carrier,
  phone: z.string().regex(/^01[016789]\d{7,8}$/),
  method: z.enum(['sms', 'pass']),
});
export type Identity = z.input<typeof identity>;

/** `POST /session/code` */
export const code = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
export type Code = z.input<typeof code>;

/** `POST /session/back`: to an earlier step, so that a typing mistake is not the end. */
export const back = z.strictObject({ to: z.enum(['identity', 'account']) });
export type Back = z.input<typeof back>;

/** `POST /session/account`: the holder is compared with the verified name. */
export const account = z.strictObject({
  bankCode: z.string().regex(/^\d{3}$/),
  accountNumber: z.string().regex(/^\d{9,15}$/),
});
export type Account = z.input<typeof account>;

/** `POST /session/keypads` */
export const keypad = z.strictObject({ purpose: z.enum(['enter', 'set', 'repeat']) });
export type KeypadRequest = z.input<typeof keypad>;

/**
 * `POST /session/password`: the positions that were pressed, sealed in the browser. `ephemeralKey` is the
 * browser's raw P-256 public key, `iv` 12 bytes, `sealed` AES-GCM over the six positions (one byte each, the
 * index into `Keypad.keys`) with the additional data `sessionId|keypadId|purpose`. The AES key is
 * HKDF-SHA-256 of the ECDH secret, salt = utf8(keypadId), info = `hecto-onboarding keypad v1`. All base64url.
 */
export const password = z.strictObject({
  keypadId: z.string().min(8).max(64),
  ephemeralKey: z.string().min(40).max(120),
  iv: z.string().length(16),
  sealed: z.string().min(10).max(120),
});
export type Password = z.input<typeof password>;

/** `POST /session/cancel`, and the calls without content. */
export const empty = z.strictObject({});

/** One page of a consent document, as `GET /session/terms` lists them. */
export type TermsDocument = {
  readonly documentId: string;
  readonly version: string;
  readonly locale: 'ko' | 'en';
  readonly title: string;
  readonly required: boolean;
  /** Markdown: paragraphs, headings and lists. Shown as text, never as HTML. */
  readonly text: string;
  /** SHA-256 of the UTF-8 bytes of `text`, lower-case hex. */
  readonly sha256: string;
};
export type Terms = { readonly documents: readonly TermsDocument[] };

/** One bank, as `GET /session/banks` lists them, in display order. */
export type Bank = {
  readonly code: string;
  readonly name: { readonly ko: string; readonly en: string };
  /** What people call it, as lower-case letters alone (NFKC): to find it in what was typed or pasted. */
  readonly words: readonly string[];
  readonly kind: 'bank' | 'securities';
  readonly usable: boolean;
  /** Closed right now: from when to when, Korean time as HH:mm, and when it opens again. */
  readonly maintenance?: { readonly from: string; readonly to: string; readonly opensAt: Instant };
  /** Why it cannot be chosen now, if so: for its place in the list, and for who presses it. */
  readonly closed?: { readonly badge: Words; readonly text: Words };
};
export type Banks = { readonly banks: readonly Bank[] };

/** A shuffled pad for one showing: twelve places, `''` where there is no key. Two minutes, one use. */
export type Keypad = {
  readonly keypadId: string;
  readonly purpose: 'enter' | 'set' | 'repeat';
  readonly keys: readonly string[];
  /** The BFF's raw P-256 public key, base64url. */
  readonly publicKey: string;
  readonly expiresAt: Instant;
};

/**
 * Routes, relative to `widgetApi`. All but the first need the session (bearer, or cookie plus the header
 * `X-Hecto-Onboarding: 1`). `GET /session?since=<version>&wait=<seconds, at most 25>` waits for a change.
 */
export const widgetRoutes = {
  exchange: ['POST', '/sessions'],
  state: ['GET', '/session'],
  terms: ['GET', '/session/terms'],
  consents: ['POST', '/session/consents'],
  identity: ['POST', '/session/identity'],
  code: ['POST', '/session/code'],
  resend: ['POST', '/session/resend'],
  pass: ['POST', '/session/pass'],
  back: ['POST', '/session/back'],
  banks: ['GET', '/session/banks'],
  account: ['POST', '/session/account'],
  arsCall: ['POST', '/session/ars-calls'],
  keypad: ['POST', '/session/keypads'],
  password: ['POST', '/session/password'],
  cancel: ['POST', '/session/cancel'],
} as const;
