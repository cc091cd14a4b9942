/** Why a new client token is needed. */
export type TokenReason = 'start' | 'session-lost' | 'taken-over';

/** Asks the merchant for a client token; `undefined` when there is none to get. */
export type ClientTokenSource = (why: TokenReason) => Promise<string | undefined>;
