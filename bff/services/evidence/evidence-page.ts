import { banks } from '../../../shared/hecto/banks.ts';
import type {
  CancellationEvidence,
  ChainStatement,
  ConsentEvidence,
  DocumentEvidence,
  Evidence,
  MoneyEvidence,
  RegistrationEvidence,
  StepEvidence,
} from './evidence.ts';
import { evidenceStyles } from './evidence-page.styles.ts';
import {
  approvalWords,
  cancellationWords,
  kindWords,
  reasonWords,
  stateWords,
  wordsOf,
  type Words,
} from './evidence-words.ts';
import { html, Html } from './html.ts';

/** The same evidence to read and to print: one page that needs nothing from outside and runs nothing. */
export function evidencePage(evidence: Evidence): string {
  const { customerId, merchantId, madeAt, chains } = evidence;
  return html`<!doctype html>
    <html lang="ko">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>고객 증빙 ${customerId}</title>
        <style>
          ${new Html(evidenceStyles)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${words(['고객 증빙', 'Evidence of one customer'])}</h1>
            ${facts([
              [['고객 ID', 'Customer'], code(customerId)],
              [['가맹점 ID', 'Merchant'], code(merchantId)],
              [['작성 시각', 'Made at'], moment(madeAt)],
            ])}
            ${chainStatement(chains)}
          </header>
          ${section(['동의', 'Consents'], evidence.consents.map(consent))}
          ${section(['계좌 등록', 'Account registrations'], evidence.registrations.map(registration))}
          ${section(['결제', 'Payments and charges'], evidence.payments.map(money))}
          ${section(['환불', 'Refunds'], evidence.refunds.map(money))}
          ${section(['송금', 'Remittances'], evidence.remittances.map(money))}
          ${section(['계좌 해지', 'Cancelled accounts'], evidence.cancellations.map(cancellation))}
          ${section(['동의 문서 원문', 'Documents as they were shown'], evidence.documents.map(document))}
          <footer>
            ${words(['모든 시각은 한국 시각이에요.', 'All times are Korean (UTC+9).'])}<br />
            ${words([
              '개인정보가 포함되어 있어요. 필요한 사람만 보도록 관리하세요.',
              'Contains personal data: keep it from everyone who does not need it.',
            ])}
          </footer>
        </main>
      </body>
    </html> `.text;
}

const words = ([ko, en]: Words): Html =>
  en === '' ? html`${ko}` : html`${ko} <span class="en" lang="en">${en}</span>`;
const code = (text: string): Html => html`<code>${text}</code>`;
const moment = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`;
const won = (amount: number): Html => html`<b class="won">${amount.toLocaleString('ko')}원</b>`;
const yes = (is: boolean): Html => (is ? words(['예', 'yes']) : words(['아니요', 'no']));
const mark = (kind: 'good' | 'bad' | 'open', text: Words): Html =>
  html`<span class="mark ${kind}">${words(text)}</span>`;

type Fact = readonly [label: Words, value: Html | undefined];

/** Facts that are not known are left out. */
const facts = (all: readonly Fact[]): Html => html`
  <dl>
    ${all.flatMap(([label, value]) =>
      value === undefined
        ? []
        : html`<div>
            <dt>${words(label)}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>
`;

const section = (title: Words, items: readonly Html[]): Html => html`
  <section>
    <h2>${words(title)} <span class="count">${items.length}</span></h2>
    ${items.length === 0 ? html`<p class="none">${words(['기록 없음', 'Nothing on record'])}</p>` : items}
  </section>
`;

const maybe = <T>(value: T | undefined, show: (value: T) => Html): Html | undefined =>
  value === undefined ? undefined : show(value);

/** A place in a chain: row and link. */
const place = ({ row, link }: { readonly row: number; readonly link: string }): Html =>
  html`<span class="place">${row} · <code>${link}</code></span>`;

function chainStatement({ isSound, consents, transitions }: ChainStatement): Html {
  const chain = ({ rows, lastLink, brokenAtRow }: ChainStatement['consents']) => html`
    ${rows} ${words(['행', 'rows'])}
    ${maybe(lastLink, (link) => html`<br /><code class="link">${link}</code>`)}
    ${maybe(
      brokenAtRow,
      (row) => html`<br />${mark('bad', [`${row}행에서 끊어짐`, `broken at row ${row}`])}`,
    )}
  `;
  return html`
    <div class="statement ${isSound ? 'good' : 'bad'}">
      <p>
        ${
          isSound
            ? words([
                '기록이 온전해요. 모든 행을 처음부터 확인했고, 바뀌거나 빠진 행이 없어요.',
                'The records are unbroken: every row was followed from the first on, none was changed and none is missing.',
              ])
            : words([
                '기록이 손상되었어요. 이 문서의 내용을 그대로 믿으면 안 돼요.',
                'The records are broken: do not rely on this document.',
              ])
        }
      </p>
      ${facts([
        [['동의 체인, 마지막 링크', 'Chain of consents, last link'], chain(consents)],
        [['거래 체인, 마지막 링크', 'Chain of transitions, last link'], chain(transitions)],
      ])}
    </div>
  `;
}

const consent = (one: ConsentEvidence): Html => html`
  <article>
    <h3>
      ${one.title}
      ${one.agreed ? mark('good', ['동의함', 'agreed']) : mark('open', ['동의 안 함', 'not agreed'])}
    </h3>
    ${facts([
      [['시각', 'When'], moment(one.at)],
      [['문서', 'Document'], html`${code(one.documentId)} ${code(one.version)} (${one.locale})`],
      [['원문 펼쳐 봄', 'Opened to read'], yes(one.opened)],
      [
        ['접속 주소', 'From'],
        maybe(one.address, code) ?? mark('bad', ['읽을 수 없음', 'can no longer be opened']),
      ],
      [['브라우저', 'Browser'], maybe(one.userAgent, (text) => html`${text}`)],
      [['세션', 'Session'], code(one.sessionId)],
      [['문서 해시', 'SHA-256 of the text'], html`<a href="#${one.sha256}">${code(one.sha256)}</a>`],
      [['기록 위치', 'Row and link'], place(one)],
    ])}
  </article>
`;

const document = ({ sha256, title, text, isExact }: DocumentEvidence): Html => html`
  <article class="document" id="${sha256}">
    <h3>
      ${title}
      ${
        isExact
          ? mark('good', ['해시 일치', 'is what its hash says'])
          : mark('bad', ['해시 불일치', 'is not what its hash says'])
      }
    </h3>
    <p>${code(sha256)}</p>
    <div class="text">${text}</div>
  </article>
`;

function registration(one: RegistrationEvidence): Html {
  const { approval } = one;
  return html`
    <article>
      <h3>${account(one) ?? code(one.id)} ${state(one.state)}</h3>
      ${facts([
        ...order(one),
        [['계좌 키', 'Account key'], maybe(one.accountKey, code)],
        [['세션', 'Session'], maybe(one.sessionId, code)],
        [
          ['승인 방법', 'Approved by'],
          maybe(approval, ({ method }) => words(wordsOf(approvalWords, method))),
        ],
        [['승인 전화를 건 시각', 'Called at'], maybe(approval?.calledAt, moment)],
        [['승인이 확인된 시각', 'Approval known at'], maybe(approval?.approvedAt, moment)],
        [['승인 전화번호', 'Phone called'], maybe(approval?.maskedPhone, code)],
        [['승인한 계좌', 'Account approved'], maybe(approval?.maskedAccountNumber, code)],
        [['승인 거래번호', "Hecto's number of the approval"], maybe(approval?.transactionNumber, code)],
      ])}
      ${steps(one.steps)}
    </article>
  `;
}

const money = (one: MoneyEvidence): Html => html`
  <article>
    <h3>${won(one.amount)} ${words(wordsOf(kindWords, one.kind))} ${state(one.state)}</h3>
    ${facts([
      ...order(one),
      [['상품', 'Product'], maybe(one.productName, (text) => html`${text}`)],
      [['계좌', 'Account'], account(one)],
      [['원 결제', 'Payment'], maybe(one.paymentId, code)],
      [['헥토 거래번호', "Hecto's number"], maybe(one.transactionNumber, code)],
      [['정기결제 키', 'Recurring payment key'], maybe(one.recurringPaymentKey, code)],
      [
        ['가맹점 메모', "The merchant's notes"],
        maybe(one.metadata, (all) => {
          const notes = Object.entries(all).map(([key, value]) => `${key}: ${value}`);
          return html`${notes.join(', ')}`;
        }),
      ],
    ])}
    ${steps(one.steps)}
  </article>
`;

const cancellation = (one: CancellationEvidence): Html => html`
  <article>
    <h3>${account(one)}</h3>
    ${facts([
      [['시각', 'When'], moment(one.at)],
      [['해지 기관', 'Cancelled by'], words(wordsOf(cancellationWords, one.cancelledBy))],
      [['사유', 'Reason'], words(wordsOf(cancellationWords, one.reason))],
      [['계좌 키', 'Account key'], code(one.accountKey)],
    ])}
  </article>
`;

const order = (one: RegistrationEvidence | MoneyEvidence): Fact[] => [
  [['ID', ''], code(one.id)],
  [['주문번호', 'Order number'], code(one.orderNumber)],
  [['헥토 전송 시각', 'Sent to Hecto'], maybe(one.sentAt, moment)],
  [['헥토 응답 코드', "Hecto's code"], maybe(one.hectoCode, code)],
];

function account({
  bankCode,
  maskedAccountNumber = '',
}: {
  readonly bankCode?: string;
  readonly maskedAccountNumber?: string;
}): Html | undefined {
  if (bankCode === undefined) return maskedAccountNumber === '' ? undefined : code(maskedAccountNumber);
  const { ko, en } = banks.find((bank) => bank.code === bankCode) ?? { ko: bankCode, en: '' };
  return html`${words([ko, en])} ${code(maskedAccountNumber)}`;
}

function state(name: string): Html {
  const kind = name === 'succeeded' ? 'good' : name === 'failed' || name === 'expired' ? 'bad' : 'open';
  return mark(kind, wordsOf(stateWords, name));
}

const steps = (all: readonly StepEvidence[]): Html =>
  all.length === 0
    ? html`<p class="none">${words(['체인에 기록된 단계 없음', 'No step in the chain'])}</p>`
    : html`
        <table>
          <thead>
            <tr>
              <th>${words(['시각', 'When'])}</th>
              <th>${words(['상태', 'State'])}</th>
              <th>${words(['이유', 'Why'])}</th>
              <th>${words(['행 · 링크', 'Row and link'])}</th>
            </tr>
          </thead>
          <tbody>
            ${all.map(
              (one) => html`
                <tr>
                  <td>${moment(one.at)}</td>
                  <td>${words(wordsOf(stateWords, one.to))}</td>
                  <td>${words(wordsOf(reasonWords, one.reason))}</td>
                  <td>${place(one)}</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      `;
