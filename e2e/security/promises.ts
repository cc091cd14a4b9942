/** A promise about security that tests name by its number. */
export type Promised = {
  readonly says: string;
  /** Why it is not proven by a test of ours, or not kept as it stands. Only such a promise may be without a test. */
  readonly but?: string;
};

/** What we promise about security, by number. The numbers are those of the field's checks, with gaps. */
export const promises: Readonly<Record<string, Promised>> = {
  S01: {
    says: 'Secrets come from the environment or from files that only their owner can read; a bad one stops the start by name, never by value.',
  },
  S02: {
    says: 'Production refuses test keys and test hosts, and the test environment refuses those of production.',
  },
  S03: { says: 'No secret stands in the repository, its history, the built widget or the packages.' },
  S04: {
    says: 'What a page knows opens nothing: a session needs a client token that the merchant’s server asked for.',
  },
  S05: {
    says: 'Keys of merchants’ servers are kept as hashes, may do what their scopes say, and two are valid while one is replaced.',
  },
  S06: { says: 'Hecto’s keys are replaced while running; calls on their way end with the old ones.' },
  S07: { says: 'Secrets never appear in arguments, health answers, errors or crash reports.' },
  S10: {
    says: 'A client token is random, single use, ten minutes old at most, and bound to merchant, customer and origin.',
  },
  S11: {
    says: 'The exchange gives a new session token, and so does the proof of the phone; the earlier one is dead.',
  },
  S12: {
    says: 'A session ends ten minutes after it was last used and thirty minutes after it began, by the server’s clock.',
  },
  S13: { says: 'Tokens are kept as hashes: a copy of the database opens nothing.' },
  S14: {
    says: 'The end of a session, a lockout and a merchant’s cancellation end it on the server; the widget forgets.',
  },
  S15: {
    says: 'Nothing personal and no token lies in web storage, addresses, history or cookies that scripts can read.',
  },
  S16: { says: 'A customer has one open onboarding; the newest wins and the older one says so.' },
  S17: {
    says: 'The hosted page’s cookie is __Host-, Secure, HttpOnly, SameSite=Strict; a configuration that cannot have it stops the start.',
  },
  S20: {
    says: 'With a cookie every call that changes something needs the anti-forgery header, on every route there is.',
  },
  S21: { says: 'Bodies are application/json and nothing else.' },
  S22: { says: 'CORS lists origins and compares exactly.' },
  S23: { says: 'The origin is checked on the request itself, and is the token’s.' },
  S24: {
    says: 'Our pages have a policy that allows our own script alone and only that merchant’s page around them.',
  },
  S25: { says: 'The widget lives under the strictest policy of a merchant’s page, Trusted Types included.' },
  S26: { says: 'No text becomes HTML or code in the widget.' },
  S27: { says: 'Text from Hecto is shown as text, and its error messages not at all.' },
  S28: { says: 'A release’s files never change, and their checksums for SRI are published.' },
  S29: { says: 'Every answer has the security headers, errors too.' },
  S30: { says: 'Windows talk to one named origin, look at who speaks, and drop what they do not know.' },
  S31: {
    says: 'Apps get messages, never objects; links leave by an allowlist.',
    but: 'The samples for Swift, Kotlin and Dart are compared with the allowlist as text; nobody runs them here.',
  },
  S32: {
    says: 'Redirects and app links come from fixed lists; a return address must match exactly, and the merchant’s server asks us for the result.',
  },
  S33: { says: 'A page that pollutes prototypes or clobbers names changes nothing in the widget.' },
  S34: { says: 'An element that took our name before us is noticed, and the page’s developer is told.' },
  S40: {
    says: 'Every field is checked by a schema, unknown fields are refused, and no input gives a fault of ours.',
  },
  S41: { says: 'Phone, birth date, account, name and amount have one strict form each.' },
  S42: {
    says: 'The server owns the order of steps: no step is skipped, repeated or run with another’s data.',
  },
  S43: { says: 'What was verified is read from the session, never taken from the browser again.' },
  S44: { says: 'Who asks for what is somebody else’s gets the same 404 as for what does not exist.' },
  S45: { says: 'Body, depth, keys, headers and address have limits.' },
  S46: { says: 'Slow clients are cut off and do not slow down the others.' },
  S47: { says: 'Prototype keys are refused, and no prototype changes.' },
  S48: { says: 'Broken JSON is refused: duplicated keys, byte order marks, invalid UTF-8, huge numbers.' },
  S49: {
    says: 'SQL gets values as parameters; the running BFF can define nothing and only add to the ledgers.',
  },
  S50: { says: 'Webhooks go to the address that was checked, and to no network inside.' },
  S51: { says: 'Forged proxy headers change neither limits nor what Hecto is told.' },
  S52: { says: 'Methods that a route does not know are refused; nothing of the inside is public.' },
  S53: { says: 'Ambiguous HTTP framing is refused and the connection closed.' },
  S54: { says: 'No regular expression takes more than linear time.' },
  S60: {
    says: 'An SMS code has five tries in three minutes, is bound to its request and phone, and is sent seldom.',
  },
  S61: { says: 'Counters are atomic over instances and survive a restart.' },
  S62: {
    says: 'Counters are kept by session, phone, customer, account and network; nobody locks out somebody else.',
  },
  S63: { says: 'Account checks stay below Hecto’s own limit for abuse.' },
  S64: { says: 'ARS calls are few, apart, and only to the phone that was verified.' },
  S65: { says: 'The ARS number is random, new for each call, and never logged.' },
  S66: {
    says: 'Five wrong payment passwords lock it until the phone is verified again; the lock survives sessions.',
  },
  S67: { says: 'Weak payment passwords are refused by the server.' },
  S68: {
    says: 'The payment password is digits only for the moment of the call; a pad is used once, in two minutes.',
  },
  S69: { says: 'Malformed entries count as a try and answer alike.' },
  S70: {
    says: 'A proven payment password allows exactly one payment: this customer, account, amount and order, in three minutes.',
  },
  S71: { says: 'Who has an account or a password at Hecto cannot be told from answers or their time.' },
  S72: { says: 'A journey faster than a human is reported as a risk.' },
  S80: { says: 'Personal data is sealed for its place: moved elsewhere it does not open.' },
  S81: { says: 'Keys at rest are replaced while running, and the work goes on after a kill.' },
  S82: { says: 'Lookups go by a keyed index, never by a plain hash.' },
  S83: {
    says: 'Of a resident number only the birth date and one digit are ever taken, and not kept after the last step.',
  },
  S84: { says: 'Logs hold what an allowlist names; nothing personal or secret in any form.' },
  S85: { says: 'Nobody writes lines into the log.' },
  S86: {
    says: 'What is no longer needed is deleted, and old records lose their customer, by class.',
    but: 'Consents stay: each is provable only as a link of its chain, and withdrawals may rest on it for as long as an account is registered.',
  },
  S87: { says: 'What matters for security is logged, with time and request.' },
  S88: { says: 'The cryptography of the wire gives the published answers, and tells nothing when it fails.' },
  S90: { says: 'Calls to Hecto are https with a checked certificate, without redirects or proxies.' },
  S91: {
    says: 'The BFF speaks plain HTTP behind a proxy that ends TLS, and says which one it trusts.',
    but: 'The proxy is the operator’s; the scan sets one up and looks at it.',
  },
  S92: { says: 'Nothing of the browser’s request goes on to Hecto: calls are built, not forwarded.' },
  S93: { says: 'Answers to browsers are built from an allowlist.' },
  S94: { says: 'Dependencies come from the registry with checksums, and install without scripts.' },
  S95: {
    says: 'Each build has a bill of materials and a list of licences.',
    but: 'Known holes are looked up by the operator’s scanner: the database of advisories is not part of this project.',
  },
  S96: {
    says: 'The same commit gives the same bytes.',
    but: 'Provenance is signed where a release is published.',
  },
  S97: { says: 'Webhooks follow Standard Webhooks; two secrets sign while one is replaced.' },
  S98: { says: 'The widget asks nobody but the BFF for anything.' },
};
