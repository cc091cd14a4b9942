import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet, { type HelmetOptions } from 'helmet';

const permissions = [
  'camera',
  'geolocation',
  'microphone',
  'payment',
  'usb',
  'display-capture',
  'browsing-topics',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Where browsers tell that one of our pages broke its policy. */
export const policyReports = '/policy-reports';

const common = {
  strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true },
  referrerPolicy: { policy: 'no-referrer' },
} satisfies HelmetOptions;

/** Directives of every policy: no other base for links, no form to send, no page around it. */
const closed = { baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

/** One that asks nothing of Express. */
type Headers = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

function withPermissionsPolicy(headers: Headers): Headers {
  return (req, res, next) => {
    res.setHeader('Permissions-Policy', permissions);
    headers(req, res, next);
  };
}

/** What `headers` sets. They are the same for every request, and to set them through helmet each time costs more. */
function setBy(headers: Headers): readonly (readonly [name: string, value: string])[] {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  headers(answer.req, answer, () => undefined);
  return Object.entries(answer.getHeaders()).map(([name, value]) => [name, String(value)]);
}

/** For answers that are data: nothing in them is ever a document, and nothing is ever cached (S29). */
export const dataHeaders = [
  ['Cache-Control', 'no-store'] as const,
  ...setBy(
    withPermissionsPolicy(
      helmet({
        ...common,
        contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], ...closed } },
        crossOriginResourcePolicy: { policy: 'same-origin' },
      }),
    ),
  ),
];

/** Sets them on every answer; what answers with something else than data sets its own over them. */
export function apiHeaders(): Headers {
  return (_req, res, next) => {
    for (const [name, value] of dataHeaders) res.setHeader(name, value);
    next();
  };
}

/** For the widget's files, which every page may load and none may change. */
export function fileHeaders(): RequestHandler {
  return (_req, res, next) => {
    res.set('Cross-Origin-Resource-Policy', 'cross-origin');
    res.set('Access-Control-Allow-Origin', '*');
    next();
  };
}

/**
 * For our own pages (S24): scripts from here only, and in the page itself those of which `inline` has the SHA-256 in Base64;
 * no styles but constructed ones, nowhere to send anything but to us. `framedBy` is the one origin that may show the
 * page in a frame; left out, nobody may.
 */
export function pageHeaders({
  framedBy,
  inline = [],
}: { framedBy?: string; inline?: readonly string[] } = {}): RequestHandler {
  const framed = framedBy !== undefined;
  const options = {
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...inline.map((hash) => `'sha256-${hash}'`)],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        ...closed,
        frameAncestors: [framedBy ?? "'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['lit-html'],
        reportUri: [policyReports],
      },
    },
  } satisfies HelmetOptions;
  const headers = withPermissionsPolicy(
    framed
      ? // X-Frame-Options cannot name one foreign origin; frame-ancestors can.
        helmet({ ...options, xFrameOptions: false, crossOriginResourcePolicy: { policy: 'cross-origin' } })
      : helmet({ ...options, xFrameOptions: { action: 'deny' } }),
  );
  return (req, res, next) => {
    if (framed) res.removeHeader('X-Frame-Options');
    res.set('Cache-Control', 'no-store');
    headers(req, res, next);
  };
}

/** For the operators' page: its own script and style, nothing inline, and nowhere else to send anything. */
export function operatorHeaders(): Headers {
  return withPermissionsPolicy(
    helmet({
      ...common,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          connectSrc: ["'self'"],
          imgSrc: ['data:'],
          objectSrc: ["'none'"],
          ...closed,
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: ['ops'],
        },
      },
      xFrameOptions: { action: 'deny' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
    }),
  );
}

/** For the page that shows the API's document. Its reader, not ours, writes styles into the page. */
export function docsHeaders(): RequestHandler {
  return withPermissionsPolicy(
    helmet({
      ...common,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'unsafe-inline'"],
          connectSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          objectSrc: ["'none'"],
          ...closed,
        },
      },
      xFrameOptions: { action: 'deny' },
    }),
  );
}
