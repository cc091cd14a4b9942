import { isPublicMerchant, parseConfig, type Config } from '../../config.ts';
import { ConfigError } from '../../config-error.ts';
import type { Environment } from '../../environment.ts';
import { widgetFolder } from '../../project-files.ts';
import { readBuiltWidget } from '../../routes/onboarding/widget-files.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkDatabase } from './check-database.ts';
import { checkHecto } from './check-hecto.ts';
import { checkTerms } from './check-terms.ts';
import { checkWebhook } from './check-webhook.ts';
import { finding, type Finding } from './finding.ts';

export type ExamineDeps = {
  readonly clock: () => Date;
  /** Where the built widget lies, if not where a build puts it. */
  readonly widget?: string;
};

/**
 * Looks at everything that a BFF with this environment needs. What is found is in the order in
 * which an operator would mend it; a configuration that is wrong hides the rest.
 */
export async function examine(
  env: Environment,
  { clock, widget = widgetFolder }: ExamineDeps,
): Promise<readonly Finding[]> {
  const config = configOf(env);
  if (config instanceof ConfigError)
    return [
      ...[config, ...config.also].map(({ variable, allowed }) =>
        finding('configuration.variable', { variable, allowed }),
      ),
      finding('configuration.hides-the-rest'),
    ];
  // Together, for each of them may wait for somebody.
  const [database, hecto, addresses, webhook] = await Promise.all([
    checkDatabase(config, clock),
    checkHecto(config, clock),
    checkAddresses(config, clock),
    checkWebhook(config),
  ]);
  const [terms, built] = [checkTerms(config), checkWidget(config, widget)];
  return [configuration(config), database, hecto, terms, built, addresses, webhook].flat();
}

function configOf(env: Environment): Config | ConfigError {
  try {
    return parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function configuration({ hectoEnv, hecto }: Config): Finding[] {
  const isNobody = hectoEnv === 'testbed' && isPublicMerchant(hecto);
  return [
    finding('configuration.fine', { env: hectoEnv }),
    ...(isNobody ? [finding('configuration.public-merchant')] : []),
  ];
}

function checkWidget({ hectoEnv }: Config, folder: string): Finding[] {
  const { version, files } = readBuiltWidget(folder);
  if (files.has('hecto-onboarding.js') && files.has('manifest.json'))
    return [finding('widget.built', { version })];
  return [finding(hectoEnv === 'local' ? 'widget.not-built-yet' : 'widget.not-built')];
}
