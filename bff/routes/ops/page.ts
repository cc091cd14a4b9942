import type { Locale, Words } from '../../../shared/api/state.ts';
import { fill } from '../../../shared/values/fill.ts';
import { html, type Html } from '../../http/html.ts';
import { laneNames } from '../../hecto/lanes.ts';
import { jobNames } from '../../store/jobs.ts';
import { spans, stages, type Stage } from '../../store/funnel.ts';
import type { Overview, SessionRow, UnknownRow } from '../../services/ops/overview.ts';
import {
  actionTexts,
  attemptErrorTexts,
  eventStateTexts,
  jobTexts,
  kindTexts,
  laneTexts,
  opsTexts,
  outcomeTexts,
  spanTexts,
  stageTexts,
  stepTexts,
} from '../../text/ops-texts.ts';

type About = {
  readonly locale: Locale;
  readonly merchantName: string;
  readonly environment: string;
  /** What the page's script has to send along. */
  readonly token: string;
};

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The operators' page, whole. It works without its script, but for the buttons. */
export function operatorPage(shown: Overview, { locale, merchantName, environment, token }: About): string {
  const say = (words: Words, values: Readonly<Record<string, string | number>> = {}) =>
    fill(words[locale], values);
  const text = (name: keyof typeof opsTexts, values?: Readonly<Record<string, string | number>>) =>
    say(opsTexts[name], values);

  const clockOf = (shape: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Seoul', hourCycle: 'h23', ...shape });
  const dayAndTime = clockOf({
    ...{ month: 'short', day: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  const time = (moment: Date) =>
    html`<time datetime="${moment.toISOString()}">${dayAndTime.format(moment)}</time>`;
  const number = (value: number) => value.toLocaleString(locale);

  function span(seconds: number): string {
    if (seconds < 2 * minute) return text('seconds', { n: Math.round(seconds) });
    if (seconds < 2 * hour) return text('minutes', { n: Math.floor(seconds / minute) });
    if (seconds < 2 * day) return text('hours', { n: Math.floor(seconds / hour) });
    return text('days', { n: Math.floor(seconds / day) });
  }
  const age = (since: Date) => span(Math.max(0, shown.now.getTime() - since.getTime()) / 1_000);

  const { intents, events } = shown.backlog;
  const open = laneNames.filter((lane) => shown.lanes[lane].breaker !== 'closed');

  const tile = (name: string, value: string, isAlarm: boolean) =>
    html`<div${isAlarm && html` class="alarm"`}><dt>${name}</dt><dd>${value}</dd></div>`;

  function summary(): Html {
    const lanes = open.map((lane) => say(laneTexts[lane])).join(', ');
    return html`<h2 class="hidden">${text('now')}</h2>
      <dl>
        ${tile(text('unknownCount'), number(intents.unknown.count), intents.unknown.count > 0)}
        ${tile(text('reviewCount'), number(intents.needs_review.count), intents.needs_review.count > 0)}
        ${tile(text('pendingCount'), number(events.pending), false)}
        ${tile(text('failedCount'), number(events.failed), events.failed > 0)}
        ${tile(text('laneState'), open.length === 0 ? text('lanesFine') : text('lanesOpen', { lanes }), open.length > 0)}
      </dl>`;
  }

  /** A section with a table, or with a sentence where there is nothing. */
  function section(
    id: string,
    title: string,
    {
      note,
      empty,
      names,
      rows,
      stacks = true,
    }: {
      note?: Html;
      empty: string;
      names: readonly string[];
      rows: readonly Html[];
      /** Whether a row becomes a card where there is little room. */
      stacks?: boolean;
    },
  ): Html {
    const table = html`<table class="${stacks ? 'rows' : 'pairs'}" role="table">
      <caption>
        ${title}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${names.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows}
      </tbody>
    </table>`;
    return html`<section id="${id}" aria-labelledby="${id}-title">
      <h2 id="${id}-title" tabindex="-1">${title}</h2>
      ${note}${rows.length > 0 ? table : html`<p class="soft">${empty}</p>`}
    </section> `;
  }
  const note = (words: string, bad = false) => html`<p class="${bad ? 'bad' : 'soft'}">${words}</p> `;
  /** Cells in the order of the names; each carries its name for narrow windows. */
  const row = (names: readonly string[], [head, ...cells]: readonly (string | Html | undefined)[]) =>
    html`<tr role="row">
      <th role="rowheader" scope="row" data-name="${names[0]}"><span>${head}</span></th>
      ${cells.map(
        (cell = html`<span class="empty">–</span>`, index) =>
          html`<td role="cell" data-name="${names[index + 1]}"><span>${cell}</span></td>`,
      )}
    </tr> `;
  const button = (id: string, path: string, name: string, label: string) =>
    html`<button type="button" id="${id}" data-path="${path}" aria-label="${name}">${label}</button>`;

  function unknowns(): Html {
    const names = (
      ['kind', 'orderNumber', 'amount', 'age', 'inquiries', 'nextInquiry', 'action'] as const
    ).map((name) => text(name));
    const next = ({ id, state, nextInquiryAt }: UnknownRow) =>
      state === 'needs_review'
        ? html`<span class="bad">${text('byHand')}</span> <code>POST /v1/reviews/${id}/resolve</code>`
        : nextInquiryAt && time(nextInquiryAt);
    const rows = shown.unknowns.map((one) =>
      row(names, [
        say(kindTexts[one.kind]),
        html`<code>${one.orderNumber}</code>`,
        one.amount === undefined ? undefined : text('won', { amount: number(one.amount) }),
        age(one.since),
        text('times', { count: one.inquiries }),
        next(one),
        one.canInquire
          ? button(
              `inquire-${one.id}`,
              `/ops/unknown/${one.id}/inquire`,
              text('inquireName', { order: one.orderNumber }),
              text('inquire'),
            )
          : text('nobodyToAsk'),
      ]),
    );
    const about = { empty: text('noUnknowns'), names, rows };
    return section('unknowns', text('unknowns'), {
      ...about,
      ...(rows.length > 0 && { note: note(text('unknownsNote')) }),
    });
  }

  function webhooks(): Html {
    const { host, state } = shown.endpoint;
    const names = (['event', 'time', 'state', 'attempts', 'lastAnswer', 'action'] as const).map((name) =>
      text(name),
    );
    const stateOf = ({ state, attempts, dueAt }: Overview['deliveries'][number]) =>
      state === 'pending' && attempts > 0
        ? text('retryAt', { time: dayAndTime.format(dueAt) })
        : say(eventStateTexts[state]);
    const rows = shown.deliveries.map((event) => {
      const isBad = event.state === 'failed';
      const answer = event.error ? say(attemptErrorTexts[event.error]) : event.httpStatus?.toString();
      return row(names, [
        html`<code>${event.type}</code>`,
        time(event.createdAt),
        html`<span${isBad && html` class="bad"`}>${stateOf(event)}</span>`,
        text('times', { count: event.attempts }),
        answer,
        host === undefined
          ? undefined
          : button(
              `replay-${event.id}`,
              `/ops/events/${event.id}/replay`,
              text('replayName', { type: event.type, time: dayAndTime.format(event.createdAt) }),
              text('replay'),
            ),
      ]);
    });
    const where =
      host === undefined
        ? note(text('webhooksNowhere'))
        : state === 'disabled'
          ? note(text('webhooksDisabled', { host }), true)
          : note(text('webhooksTo', { host }));
    return section('webhooks', text('webhooks'), { note: where, empty: text('noWebhooks'), names, rows });
  }

  function funnel(): Html {
    const order = Object.keys(stages) as Stage[];
    const cell = (index: number, period: (typeof spans)[number]) => {
      const [first, before, here] = [order[0]!, order[index - 1], order[index]!].map(
        (stage) => stage && shown.funnel[stage][period],
      );
      const share = first ? Math.round((100 * here!) / first) : 0;
      const lost = before ? Math.round((100 * (before - here!)) / before) : 0;
      return html`<td role="cell" class="number" data-name="${say(spanTexts[period])}">
        <span
          >${number(here!)}${index > 0 && first !== 0 && html`<span class="share">${share}%</span>`}
          ${lost > 0 && html`<span class="share">${text('lost', { share: lost })}</span>`}</span
        >
      </td>`;
    };
    return html`<section id="funnel" aria-labelledby="funnel-title">
      <h2 id="funnel-title" tabindex="-1">${text('funnel')}</h2>
      ${note(text('funnelNote'))}
      <table class="funnel" role="table">
        <caption>
          ${text('funnel')}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">${text('stage')}</th>
            ${spans.map((period) => html`<th role="columnheader" scope="col">${say(spanTexts[period])}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${order.map(
            (stage, index) =>
              html`<tr role="row" data-stage="${stage}">
                <th role="rowheader" scope="row">${say(stageTexts[stage])}</th>
                ${spans.map((period) => cell(index, period))}
              </tr> `,
          )}
        </tbody>
      </table>
    </section> `;
  }

  function sessions(): Html {
    const names = (['started', 'step', 'customer', 'account', 'problem', 'session'] as const).map((name) =>
      text(name),
    );
    const account = ({ account: of }: SessionRow) => of && `${of.bankName[locale]} ${of.maskedNumber}`;
    const rows = shown.sessions.map((one) =>
      row(names, [
        time(one.at),
        say(stepTexts[one.step]),
        one.customer,
        account(one),
        one.problem && html`<code>${one.problem}</code>`,
        html`<code>${one.id}</code>`,
      ]),
    );
    return section('sessions', text('sessions'), { empty: text('noSessions'), names, rows });
  }

  function workers(): Html {
    const names = [text('worker'), text('state')];
    const counted = ({ count, oldestSeconds }: { count: number; oldestSeconds: number }) =>
      count === 0 ? text('none') : text('oldest', { count: number(count), age: span(oldestSeconds) });
    const { latestDaySeconds, oldestPendingSeconds } = shown.backlog;
    const rows = [
      row(names, [text('submitting'), counted(intents.submitting)]),
      row(names, [text('unknownCount'), counted(intents.unknown)]),
      row(names, [text('reviewCount'), counted(intents.needs_review)]),
      row(names, [
        text('pendingCount'),
        counted({ count: events.pending, oldestSeconds: oldestPendingSeconds }),
      ]),
      row(names, [
        text('held'),
        events.held === 0 ? text('none') : text('count', { count: number(events.held) }),
      ]),
      ...jobNames.map((job) => {
        const seconds = latestDaySeconds[job];
        return row(names, [
          say(jobTexts[job]),
          seconds === undefined ? text('neverRan') : text('latestDay', { age: span(seconds) }),
        ]);
      }),
      ...laneNames.map((lane) => {
        const { active, queued, breaker } = shown.lanes[lane];
        const state = text(breaker === 'closed' ? 'laneClosed' : 'laneOpen');
        return row(names, [
          text('lane', { lane: say(laneTexts[lane]) }),
          text('laneCalls', { active, queued, breaker: state }),
        ]);
      }),
    ];
    return section('workers', text('workers'), { empty: '', names, rows, stacks: false });
  }

  function actions(): Html {
    const names = (['time', 'operator', 'what', 'subject', 'outcome'] as const).map((name) => text(name));
    const rows = shown.actions.map((one) =>
      row(names, [
        time(one.at),
        one.operator,
        say(actionTexts[one.action]),
        html`<code>${one.subject}</code>`,
        say(outcomeTexts[one.outcome]),
      ]),
    );
    return section('actions', text('actions'), { empty: text('noActions'), names, rows });
  }

  const other = locale === 'ko' ? 'en' : 'ko';
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${text('title')} · ${merchantName}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/ops/page.css" />
        <script src="/ops/page.js" defer></script>
      </head>
      <body>
        <header>
          <div>
            <h1>${text('title')}</h1>
            <p>${merchantName} · ${environment}</p>
          </div>
          <button type="button" id="refresh">${text('refresh')}</button>
          <a href="/ops?lang=${other}" lang="${other}" hreflang="${other}">${text('otherLanguage')}</a>
        </header>
        <noscript><p class="soft">${text('needsScript')}</p></noscript>
        <main
          id="content"
          data-token="${token}"
          data-busy="${text('busy')}"
          data-failed="${text('failed')}"
          data-refreshed="${text('refreshed')}"
        >
          <p class="soft">${text('asOf', { time: dayAndTime.format(shown.now) })}</p>
          ${summary()} ${unknowns()}${webhooks()}${funnel()}${sessions()}${workers()}${actions()}
        </main>
        <div id="result" role="status"></div>
      </body>
    </html> `.text;
}
