import type { EndpointName } from '../../../shared/hecto/endpoints.ts';
import type { TestbedState } from '../state/testbed-state.ts';
import type { Received } from '../wire/receive.ts';
import * as accounts from './accounts.ts';
import * as ars from './ars.ts';
import * as banks from './banks.ts';
import * as holderChecks from './holder-checks.ts';
import * as ownership from './ownership.ts';
import { paymentPasswordConfirm } from './payment-password.ts';
import * as payments from './payments.ts';
import * as phoneVerification from './phone-verification.ts';
import * as recurring from './recurring.ts';
import * as remittances from './remittances.ts';
import type { Rule } from './rule.ts';
import { testCall } from './test-call.ts';
import * as transactions from './transactions.ts';

/** One rule for every endpoint: a missing one does not compile. */
const rules: { readonly [N in EndpointName]: Rule<N> } = {
  mobileVerificationRequest: phoneVerification.mobileVerificationRequest,
  mobileVerificationCheck: phoneVerification.mobileVerificationCheck,
  accountHolderNameInquiry: holderChecks.accountHolderNameInquiry,
  accountHolderNameConfirm: holderChecks.accountHolderNameConfirm,
  accountHolderNameInquiryWithAmount: holderChecks.accountHolderNameInquiryWithAmount,
  accountOwnershipVerification: ownership.accountOwnershipVerification,
  ownershipVerificationRequest: ownership.ownershipVerificationRequest,
  ownershipVerificationCheck: ownership.ownershipVerificationCheck,
  ownershipVerificationHistory: ownership.ownershipVerificationHistory,
  arsRequest: ars.arsRequest,
  arsRecordRequest: ars.arsRecordRequest,
  arsCheck: ars.arsCheck,
  accountRegistration: accounts.accountRegistration,
  merchantAccountRegistration: accounts.merchantAccountRegistration,
  accountCancellation: accounts.accountCancellation,
  accountList: accounts.accountList,
  institutionCancelledAccounts: accounts.institutionCancelledAccounts,
  payment: payments.payment,
  paymentCancel: payments.paymentCancel,
  remittance: remittances.remittance,
  remittanceBalance: remittances.remittanceBalance,
  recurringPaymentApproval: recurring.recurringPaymentApproval,
  recurringPaymentCancel: recurring.recurringPaymentCancel,
  recurringPaymentInfo: recurring.recurringPaymentInfo,
  recurringPaymentHistory: recurring.recurringPaymentHistory,
  transactionResult: transactions.transactionResult,
  transactionHistory: transactions.transactionHistory,
  bankList: banks.bankList,
  bankMaintenance: banks.bankMaintenance,
  ownershipBankMaintenance: banks.ownershipBankMaintenance,
  testCall,
  paymentPasswordConfirm,
};

/** Carries a request out, after everything that was due before it. */
export function judge<N extends EndpointName>(name: N, request: Received<N>, state: TestbedState) {
  state.ledger.settle();
  return rules[name](request, state);
}
