import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';
import type { Express } from 'express';

/**
 * Constructors for Node's server, whose requests and responses are born with the prototypes that Express gives to each of
 * them (`Object.setPrototypeOf` in its `handle`). Giving an object the prototype that it has is nothing; giving it another
 * one makes V8 throw away what it knew of the object, which cost more than all the rest of a request
 * (docs/decisions/0013-express-prototypes.md). Mounted apps would change the prototype again: only routers are mounted here.
 */
export function expressPrototypes(app: Express): Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'> {
  // Classes, for of these V8 knows beforehand how large their objects grow.
  class Request extends IncomingMessage {}
  class Response extends ServerResponse {}
  app.request = above(app.request, Request.prototype);
  app.response = above(app.response, Response.prototype);
  return { IncomingMessage: Request, ServerResponse: Response as typeof ServerResponse };
}

/** Puts what Express gives above a prototype of ours, which Express then takes for its own. */
const above = <P extends object>(express: P, ours: object): P => Object.setPrototypeOf(ours, express) as P;
