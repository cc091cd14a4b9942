export type Severity = 'high' | 'medium' | 'low';

/** Something a tool said. `because` explains what is known and stays. */
export type Finding = { readonly severity: Severity; readonly what: string; readonly because?: string };

/** What one tool did, in a few words, and what it found. */
export type Result = { readonly tool: string; readonly did: string; readonly findings: readonly Finding[] };

/** Where the scan is pointed at: our own BFF on this machine, and what a tool needs to be let in. */
export type Target = {
  /** Plain HTTP, without a slash at the end. */
  readonly url: string;
  readonly secretKey: string;
  /** A hosted page that is open. */
  readonly hostedUrl: string;
  /** The operators' page, and its password. */
  readonly operators: { readonly url: string; readonly password: string };
  /** A page that may have the widget in a frame. */
  readonly origin: string;
  /** How many requests the BFF has answered so far: a tool that reached nobody finds nothing. */
  readonly answered: () => number;
  /** For what tools write. */
  readonly folder: string;
};
