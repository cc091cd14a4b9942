import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { Express } from 'express';

/**
 * Constructors for Node's server, whose requests and responses are born with the prototypes that Express gives to each of
 * them (`Object.setPrototypeOf` in its `handle`). Giving an object the prototype that it has is nothing; giving it another
 * one makes V8 throw away what it knew of the object, which cost more than all the rest of a request
 * (docs/decisions/0013-express-prototypes.md). Mounted apps would change the prototype again: only routers are mounted here.
 */
export function expressPrototypes({
  request,
  response,
}: Pick<Express, 'request' | 'response'>): Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'> {
  return {
    IncomingMessage: bornWith(request, IncomingMessage) as typeof IncomingMessage,
    ServerResponse: bornWith(response, ServerResponse) as typeof ServerResponse,
  };
}

function bornWith(prototype: object, base: typeof IncomingMessage | typeof ServerResponse): unknown {
  // Node's two are functions of the old kind, so they can be called on what is being made; `Reflect.construct` is slow.
  const make = base as unknown as (this: object, ...given: unknown[]) => void;
  function Born(this: object, first: unknown, second: unknown): void {
    make.call(this, first, second);
  }
  Born.prototype = prototype;
  return Born;
}
