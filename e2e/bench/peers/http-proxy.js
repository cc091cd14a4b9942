/** B2: passes bytes on and back, with connections that stay open. It encrypts nothing. */
import { Agent, createServer } from 'node:http';
import httpProxy from 'http-proxy';

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const proxy = httpProxy.createProxyServer({ target: process.env.HECTO_BASE_URL, agent });
proxy.on('error', (_error, _request, response) => response.writeHead(502).end());

createServer((request, response) => proxy.web(request, response)).listen(
  Number(process.env.PORT),
  '127.0.0.1',
);
