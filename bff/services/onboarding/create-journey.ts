import { createChooseAccount } from './choose-account.ts';
import { createCheckCode, createCheckPass } from './confirm-phone.ts';
import { createEnterPassword } from './enter-password.ts';
import { createGiveConsents } from './give-consents.ts';
import type { JourneyDeps } from './journey-deps.ts';
import { createGiveUp, createGoBack } from './leave-step.ts';
import { createListBanks } from './list-banks.ts';
import { readTerms, sampleTerms } from './read-terms.ts';
import { createRequestCall } from './request-call.ts';
import { createShowKeypad } from './show-keypad.ts';
import { createResend, createStartPhoneVerification } from './start-phone-verification.ts';
import { createTakeTurn } from './take-turn.ts';
import { createVerifyPhone } from './verify-phone.ts';

/** Every verb of the customer's journey. Throws a ConfigError when the consent documents cannot be read. */
export function createJourney(deps: JourneyDeps) {
  const terms = readTerms(deps.config.termsDir ?? sampleTerms);
  const takeTurn = createTakeTurn(deps);
  const listBanks = createListBanks(deps);
  const parts = { ...deps, terms, takeTurn, listBanks, verifyPhone: createVerifyPhone(deps) };
  return {
    terms,
    listBanks,
    giveConsents: createGiveConsents(parts),
    startPhoneVerification: createStartPhoneVerification(parts),
    resend: createResend(parts),
    checkCode: createCheckCode(parts),
    checkPass: createCheckPass(parts),
    chooseAccount: createChooseAccount(parts),
    requestCall: createRequestCall(parts),
    showKeypad: createShowKeypad(parts),
    enterPassword: createEnterPassword(parts),
    goBack: createGoBack(parts),
    giveUp: createGiveUp(parts),
  };
}
