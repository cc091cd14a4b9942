/** B1: the job with Node's own server and undici, and nothing else. */
import { createServer } from 'node:http';
import { Pool } from 'undici';
import { hectoPath, open, seal } from './job.js';

const hecto = new Pool(process.env.HECTO_BASE_URL, { connections: 32, pipelining: 1 });
const headers = { 'content-type': 'application/json;charset=UTF-8' };

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const values = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const { body } = await hecto.request({
      ...{ method: 'POST', path: hectoPath, headers },
      body: JSON.stringify(seal(values)),
    });
    const answer = JSON.stringify(open(await body.json()));
    response
      .writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(answer),
      })
      .end(answer);
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
