/** L1: a long poll with Node's own server: it waits and then answers. */
import { createServer } from 'node:http';

createServer((_request, response) => {
  const time = setTimeout(() => response.writeHead(200).end('{}'), 25_000);
  response.once('close', () => clearTimeout(time));
}).listen(Number(process.env.PORT), '127.0.0.1');
