import { AsyncLocalStorage } from 'node:async_hooks';

/** Our names of what is being worked on. */
export type Work = { readonly requestId?: string; readonly intentId?: string };

/** What is being worked on: lines about it carry its names, however deep they are written (S87). */
export const currentWork = new AsyncLocalStorage<Work>();

/** Does work about an intent, whether a request waits for it or nobody does. */
export const aboutIntent = <T>(intentId: string, work: () => T): T =>
  currentWork.run({ ...currentWork.getStore(), intentId }, work);
