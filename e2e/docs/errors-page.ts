/** Writes the page with every code: from the tables that the BFF answers from, with what each means and wants. */
import { problems, type ProblemCode } from '../../shared/api/problems.ts';
import { refusalCodes, type RefusalCode } from '../../shared/api/refusals.ts';
import { arsCodes, refusalOf, rejectCodes } from '../../shared/hecto/codes.ts';
import { endpointNames } from '../../shared/hecto/endpoints.ts';
import { Problem, bodyOf } from '../../bff/http/problem.ts';
import { refusalTexts } from '../../bff/text/refusal-texts.ts';
import { about, problemsExplained, shown, type Words } from './explained/problems.ts';
import { advice, refusalsExplained } from './explained/refusals.ts';
import { writtenBy } from './written-by.ts';
import type { Locale } from './pages.ts';

/** The page in a language, as Markdown. */
export function errorsPage(locale: Locale): string {
  const { head, problemsHead, refusalsHead } = words[locale];
  return [
    head(JSON.stringify(example(), undefined, 2)),
    problemsHead,
    ...(Object.keys(problems) as ProblemCode[]).map((code) => problemPart(code, locale)),
    refusalsHead,
    ...refusalCodes.map((code) => refusalPart(code, locale)),
  ]
    .join('\n\n')
    .concat('\n');
}

const example = () =>
  bodyOf(
    new Problem('hecto-refused', {
      detail: refusalTexts['balance-too-low'].en,
      instance: '/v1/payments/pay_4pXcTzRkJ1mQvN8sYb2wLh7d',
      refusal: 'balance-too-low',
      retryable: true,
      hecto: { endpoint: 'payment', outStatCd: '0031', outRsltCd: 'ST12' },
    }),
    'req_2YsxNqk0fVbT7aPm',
  );

function problemPart(code: ProblemCode, locale: Locale): string {
  const { means, do: todo, shown: screen } = problemsExplained[code];
  const { toDo, sees } = words[locale];
  const seen = about.includes(screen) ? shown[screen][locale] : inBoth(shown[screen]);
  const { status, retryable } = bodyOf(new Problem(code), '');
  return [
    `### \`${code}\``,
    `**${status}**${retryable ? ' `retryable`' : ''} ${means[locale]}`,
    `- **${toDo}** ${todo[locale]}\n- **${sees}** ${seen}`,
  ].join('\n\n');
}

/** The customer's words, which are of their language and not of the reader's. */
const inBoth = ({ ko, en }: Words) => `${ko}<br>${en}`;

function refusalPart(code: RefusalCode, locale: Locale): string {
  const { means, do: todo } = refusalsExplained[code];
  const { toDo, sees } = words[locale];
  const own = hectoCodesOf(code);
  return [
    `### \`${code}\``,
    means[locale],
    [
      `- **${toDo}** ${advice[todo][locale]}`,
      `- **${sees}** ${inBoth(refusalTexts[code])}`,
      ...(own.length > 0 ? [`- **Hecto** ${own.join(', ')}`] : []),
    ].join('\n'),
  ].join('\n\n');
}

/** Hecto's codes that come to this refusal: on every call, or on those named. */
function hectoCodesOf(code: RefusalCode): string[] {
  const quoted = (one: string) => `\`${one}\``;
  const everywhere = Object.keys(rejectCodes).filter((one) => rejectCodes[one]!.code === code);
  const calls = Object.keys(arsCodes).filter((one) => {
    const outcome = arsCodes[one]!;
    return typeof outcome === 'object' && outcome.refusal.code === code;
  });
  const somewhere = Object.keys(rejectCodes).flatMap((one) => {
    const names = everywhere.includes(one)
      ? []
      : endpointNames.filter((name) => refusalOf(name, one).code === code);
    // A call that changes nothing takes many codes for "not now": that is a rule and no list.
    return names.length === 0 || names.length > 3 ? [] : [`${quoted(one)} (${names.map(quoted).join(', ')})`];
  });
  return [...everywhere.map(quoted), ...calls.map((one) => `${quoted(one)} (\`arsCheck\`)`), ...somewhere];
}

const words = {
  en: {
    toDo: 'Do:',
    sees: 'The customer sees:',
    head: (body: string) => `# Errors

[한국어](errors.ko.md)

${writtenBy}

Both APIs answer errors as \`application/problem+json\` (RFC 9457). Decide by \`code\`; where something was refused (402), by \`refusal\`.
\`retryable\` says whether the same may succeed later, \`requestId\` finds the line in the log. \`detail\` is for developers and may change.

\`\`\`json
${body}
\`\`\`

Codes may be added: take one that you do not know by its status. What is **not known** is never a failure: do not pay again because of it.`,
    problemsHead: '## Problems\n\nThe member `code`, with its status.',
    refusalsHead: `## Refusals

The member \`refusal\` of \`hecto-refused\` and \`refused\`, \`failure.code\` of a resource that failed, and \`lastError.code\` of \`hecto-exit\`. The
customer's text is the widget's; your own pages may use the same words. Hecto's codes stand in the member \`hecto\`; on a call that changes
nothing, codes that leave a payment open only mean \`service-unavailable\`.`,
  },
  ko: {
    toDo: '할 일:',
    sees: '고객에게 보이는 것:',
    head: (body: string) => `# 오류

[English](errors.md)

${writtenBy}

두 API 모두 오류를 \`application/problem+json\`(RFC 9457)으로 답해요. \`code\`에 따라, 거절(402)이라면 \`refusal\`에 따라 정하세요.
\`retryable\`은 나중에 같은 요청이 성공할 수 있는지를 알려 주고, \`requestId\`로 로그를 찾을 수 있어요. \`detail\`은 개발자를 위한 글이고 바뀔 수
있어요.

\`\`\`json
${body}
\`\`\`

코드는 늘어날 수 있어요. 모르는 코드는 상태 코드로 판단하세요. 결과를 **모르는 것**은 실패가 아니에요. 그 때문에 다시 결제하지 마세요.`,
    problemsHead: '## 오류 코드\n\n`code`와 상태 코드예요.',
    refusalsHead: `## 거절 코드

\`hecto-refused\`와 \`refused\`의 \`refusal\`, 실패한 대상의 \`failure.code\`, \`hecto-exit\`의 \`lastError.code\`에 나와요. 고객에게 보이는 것은
위젯의 문구이고, 가맹점 화면에서도 그대로 써도 돼요. 헥토의 코드는 \`hecto\`에 있어요. 아무것도 바꾸지 않는 호출에서는 결제라면 결과를 모른다는
뜻의 코드도 \`service-unavailable\`일 뿐이에요.`,
  },
} as const;
