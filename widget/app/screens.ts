import type { Step } from '../../shared/api/state.ts';
import { define } from '../parts/define.ts';
import { defineParts } from '../parts/parts.ts';
import { AccountScreen } from '../screens/account/account-screen.ts';
import { ArsScreen } from '../screens/ars/ars-screen.ts';
import { CodeScreen } from '../screens/code/code-screen.ts';
import { DoneScreen } from '../screens/done/done-screen.ts';
import { EndedScreen } from '../screens/ended/ended-screen.ts';
import { IdentityScreen } from '../screens/identity/identity-screen.ts';
import { PassScreen } from '../screens/pass/pass-screen.ts';
import { PasswordScreen } from '../screens/password/password-screen.ts';
import { TermsScreen } from '../screens/terms/terms-screen.ts';
import type { Screen } from './screen.ts';

/** The steps after which nothing comes; one screen draws them all. */
type End = 'failed' | 'cancelled' | 'expired';

/** Which screen draws a step. A step without a screen does not compile. */
export const screens: { readonly [S in Exclude<Step, End>]: new () => Screen<S> } & {
  readonly ended: new () => Screen<End>;
} = {
  terms: TermsScreen,
  identity: IdentityScreen,
  code: CodeScreen,
  pass: PassScreen,
  account: AccountScreen,
  ars: ArsScreen,
  password: PasswordScreen,
  done: DoneScreen,
  ended: EndedScreen,
};

/** How far along a step is, of the six stages that the customer sees. The ends have no place. */
export const stageOf: { readonly [S in Step]?: number } = {
  terms: 1,
  identity: 2,
  code: 3,
  pass: 3,
  account: 4,
  ars: 5,
  password: 6,
};

export const stages = 6;

/**
 * Registers screens and parts.
 * @throws TagTaken when another script holds one of the tags.
 */
export function defineScreens(): void {
  defineParts();
  for (const [step, screen] of Object.entries(screens)) define({ [`hecto-${step}-screen`]: screen });
}
