/** B3, B4: the bare job as most would write it: express, helmet and axios with connections that stay open. */
import { Agent } from 'node:http';
import axios from 'axios';
import express from 'express';
import helmet from 'helmet';
import { hectoPath, open, seal } from './job.js';

const hecto = axios.create({
  baseURL: process.env.HECTO_BASE_URL,
  httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }),
});

const app = express();
app.use(helmet(), express.json());
app.post('/check', async (request, response) => {
  const { data } = await hecto.post(hectoPath, seal(request.body));
  response.json(open(data));
});
app.listen(Number(process.env.PORT), '127.0.0.1');
