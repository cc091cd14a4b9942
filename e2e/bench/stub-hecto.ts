/** Hecto's side as fast as it can be: every call has one answer, sealed beforehand by the testbed's cryptography. */
import { createServer } from 'node:http';
import { endpointNames, endpointOf } from '../../shared/hecto/endpoints.ts';
import { testbedKeys } from '../testbed/wire/cipher.ts';
import { accepted, reply } from '../testbed/wire/reply.ts';
import { answered } from './job.ts';

const answers = new Map(
  endpointNames
    .filter((name) => name in answered)
    .map((name) => [
      endpointOf(name).path as string,
      Buffer.from(JSON.stringify(reply(name, accepted(answered[name] ?? {}), testbedKeys))),
    ]),
);

const server = createServer((request, response) => {
  request.resume().once('end', () => {
    const answer = answers.get(request.url ?? '');
    if (!answer) response.writeHead(404).end();
    else
      response
        .writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': answer.length,
        })
        .end(answer);
  });
});
// Connections outlive the pauses between rounds.
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
