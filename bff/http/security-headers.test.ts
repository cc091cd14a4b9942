import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiHeaders, docsHeaders, operatorHeaders, pageHeaders } from './security-headers.ts';
import { createHttpServer, listen } from './server.ts';

const shop = 'https://shop.example.com';
const policies = {
  data: {
    headers: apiHeaders(),
    policy: "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  },
  page: {
    headers: pageHeaders({ inline: ['aGFzaA=='] }),
    policy:
      "default-src 'none';script-src 'self' 'sha256-aGFzaA==';connect-src 'self';img-src 'self' data:;object-src 'none';" +
      "base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';" +
      'trusted-types lit-html;report-uri /policy-reports',
  },
  frame: {
    headers: pageHeaders({ framedBy: shop }),
    policy:
      "default-src 'none';script-src 'self';connect-src 'self';img-src 'self' data:;object-src 'none';" +
      `base-uri 'none';form-action 'none';frame-ancestors ${shop};require-trusted-types-for 'script';` +
      'trusted-types lit-html;report-uri /policy-reports',
  },
  operators: {
    headers: operatorHeaders(),
    policy:
      "default-src 'none';script-src 'self';style-src 'self';connect-src 'self';img-src data:;object-src 'none';" +
      "base-uri 'none';form-action 'none';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types ops",
  },
  docs: {
    headers: docsHeaders(),
    policy:
      "default-src 'none';script-src 'self';style-src 'unsafe-inline';connect-src 'self';img-src 'self' data:;" +
      "object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  },
};

const app = express();
for (const [name, { headers }] of Object.entries(policies))
  app.get(`/${name}`, headers, (_req, res) => void res.end());
const server = createHttpServer(app);
let url: string;
beforeAll(async () => {
  url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
});
afterAll(() => void server.close());

test.each(Object.entries(policies))(
  'S29 %s allows what it needs and nothing else',
  async (name, { policy }) => {
    const answer = await fetch(`${url}/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toBe(policy);
  },
);
