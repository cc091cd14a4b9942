import { lintSource } from '@secretlint/core';
import { creator as recommended } from '@secretlint/secretlint-rule-preset-recommend';

/** Passwords that are none: they show that an address with one is refused without being printed, or found. */
const harmless = ['/(user:canary|someone:hunter22)@shop\\.example\\.com/'];

/** What looks like a secret in a text: the rule and the line, never the value. */
export async function secretsIn(name: string, content: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { content, filePath: name, contentType: 'text' },
    options: {
      maskSecrets: true,
      config: {
        rules: [
          {
            id: '@secretlint/secretlint-rule-preset-recommend',
            rule: recommended,
            rules: [
              {
                id: '@secretlint/secretlint-rule-basicauth',
                allowMessageIds: [],
                options: { allows: harmless },
              },
            ],
          },
        ],
      },
    },
  });
  return messages.map(({ ruleId, loc }) => `${name}:${loc.start.line} ${ruleId}`);
}
