import { AsyncLocalStorage } from 'node:async_hooks';

/** Our name of the request that is being answered: lines about it carry it, however deep they are written (S87). */
export const currentRequest = new AsyncLocalStorage<string>();
