import express, { type RequestHandler, type Response } from 'express';
import type { Locale } from '../../../shared/api/state.ts';
import { answerErrors, notFound } from '../../http/answer-errors.ts';
import { onlyMethods, plainRequestsOnly } from '../../http/methods.ts';
import { fromOperatorPage, newOperatorToken, operatorPassword } from '../../http/operator.ts';
import { Problem, requestIdOf, sendJson } from '../../http/problem.ts';
import { readJson } from '../../http/read-json.ts';
import { requestId } from '../../http/request-id.ts';
import { apiHeaders, operatorHeaders } from '../../http/security-headers.ts';
import { closeGracefully, createHttpServer, listen } from '../../http/server.ts';
import type { MoneyDeps } from '../../services/money/money-deps.ts';
import { createInquireNow } from '../../services/ops/inquire-now.ts';
import { createOverview } from '../../services/ops/overview.ts';
import { createMerchantEvents } from '../../services/webhooks/merchant-events.ts';
import type { OperatorAction } from '../../store/operator-actions.ts';
import { outcomeTexts } from '../../text/ops-texts.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';
import { operatorPage } from './page.ts';

type Deps = MoneyDeps & {
  /** SHA-256 of the password of this moment. */
  readonly passwordHash: () => Buffer;
};

export type OperatorServer = {
  /** Rejects with the system's error, e.g. EADDRINUSE. */
  listen(on: { readonly port: number; readonly host: string }): Promise<string>;
  close(patienceMs: number): Promise<void>;
};

/** The operators' page on a server of its own: nothing of it is ever on the public port (S52). */
export function createOperatorServer(deps: Deps): OperatorServer {
  const { config, store, clock, log, passwordHash } = deps;
  const overview = createOverview(deps);
  const inquireNow = createInquireNow(deps);
  const { replayEvent } = createMerchantEvents(deps);

  async function replay(id: string): Promise<OperatorAction['outcome']> {
    const replayed = await replayEvent(id);
    return typeof replayed === 'string' ? replayed : 'sent';
  }

  /** Does it, writes down who did what, and tells what came of it. */
  const act =
    (
      action: OperatorAction['action'],
      work: (id: string) => Promise<OperatorAction['outcome']>,
    ): RequestHandler =>
    async (req, res) => {
      const subject = String(req.params['id']);
      if (!/^(pay|rfd|rmt|reg|evt)_[A-Za-z0-9_-]{24}$/.test(subject)) throw new Problem('not-found');
      const outcome = await work(subject);
      if (outcome === 'not-found') throw new Problem('not-found');
      const operator = String(res.locals['operator']);
      overview.forget();
      await store.operatorActions.add({ at: clock(), operator, action, subject, outcome });
      log.event('operator.acted', { requestId: requestIdOf(res), action, subject, outcome });
      sendJson(res, 200, { outcome, message: outcomeTexts[outcome][localeOf(req)] });
    };

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple').set('trust proxy', config.trustProxy);
  app.use(requestId(log), apiHeaders(), operatorHeaders(), plainRequestsOnly);
  app.use(operatorPassword(deps));
  app
    .route('/ops')
    .get(async (req, res) => {
      const { merchantName, hectoEnv: environment } = config;
      const token = newOperatorToken(passwordHash(), clock());
      const page = operatorPage(await overview.read(), {
        locale: localeOf(req),
        merchantName,
        environment,
        token,
      });
      res.set('Content-Language', localeOf(req));
      send(res, 'text/html', page);
    })
    .all(onlyMethods('GET'));
  app
    .route('/ops/page.js')
    .get((_req, res) => send(res, 'text/javascript', pageScript))
    .all(onlyMethods('GET'));
  app
    .route('/ops/page.css')
    .get((_req, res) => send(res, 'text/css', pageStyle))
    .all(onlyMethods('GET'));
  const fromPage = [fromOperatorPage(deps), readJson({ emptyIsFine: false })];
  app.route('/ops/unknown/:id/inquire').post(fromPage, act('inquire', inquireNow)).all(onlyMethods('POST'));
  app.route('/ops/events/:id/replay').post(fromPage, act('replay', replay)).all(onlyMethods('POST'));
  app.use(notFound, answerErrors(log));
  const server = createHttpServer(app);

  return {
    async listen({ port, host }) {
      return `http://${host.includes(':') ? `[${host}]` : host}:${await listen(server, port, host)}/ops`;
    },
    async close(patienceMs) {
      await closeGracefully(server, patienceMs);
    },
  };
}

/** By the page's own switch, else what the browser likes better: Korean where neither says. */
function localeOf(req: Parameters<RequestHandler>[0]): Locale {
  const { lang } = req.query;
  if (lang === 'ko' || lang === 'en') return lang;
  return req.acceptsLanguages('ko', 'en') === 'en' ? 'en' : 'ko';
}

function send(res: Response, type: string, text: string): void {
  res.set('Content-Type', `${type}; charset=utf-8`).end(text);
}
