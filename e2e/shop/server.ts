/** The demo merchant: one page that sells coffee, and the routes of our example for Express. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express, { type Request } from 'express';
import { bankAccountRoutes } from '../../docs/examples/express-merchant/bank-account.ts';
import { createBff } from '../../docs/examples/express-merchant/bff.ts';
import { renderPage, surfaces, type Surface } from './page.ts';
import { createVisitors } from './visitors.ts';

export type ShopOptions = {
  /** 0 takes any free port. */
  port: number;
  bffUrl: string;
  /** Where the virtual phone lives. */
  testbedUrl: string;
  secretKey: string;
};
export type Shop = { readonly url: string; close(): Promise<void> };

const assets = fileURLToPath(new URL('assets/', import.meta.url));

/** Starts the shop on this machine's loopback. @throws when the port is taken. */
export async function startShop({ port, bffUrl, testbedUrl, secretKey }: ShopOptions): Promise<Shop> {
  const customerOf = createVisitors();
  const app = express().disable('x-powered-by');

  app.get('/', (req, res) => {
    const visitor = customerOf(req, res);
    const surface = surfaceOf(req);
    res.set('Content-Security-Policy', policyFor(surface, bffUrl, testbedUrl));
    res
      .type('html')
      .send(
        renderPage({
          locale: req.query.locale === 'en' ? 'en' : 'ko',
          theme: req.query.theme === 'dark' ? 'dark' : 'light',
          surface,
          bffUrl,
          phone: visitor.phone,
          phoneUrl: `${testbedUrl}/phone?number=${visitor.phone}`,
        }),
      );
  });
  app.use('/bank-account', bankAccountRoutes({ bff: createBff(bffUrl, secretKey), customerOf }));
  app.use(express.static(assets, { index: false }));

  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A strict policy, to prove that the widget lives with one. `inline` alone needs to reach the BFF from the page. */
function policyFor(surface: Surface, bffUrl: string, testbedUrl: string): string {
  const inline = surface.endsWith('inline');
  return [
    "default-src 'none'",
    `script-src 'self' ${bffUrl}`,
    `frame-src ${bffUrl} ${testbedUrl}`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${inline ? ` ${bffUrl}` : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${inline ? 'lit-html' : "'none'"}`,
  ].join('; ');
}

function surfaceOf(req: Request): Surface {
  const { surface } = req.query;
  return surfaces.find((known) => known === surface) ?? 'frame';
}
