import type { z } from 'zod';
import type { checkAccountHolder } from '../../../shared/api/merchant/account-holder-checks.ts';
import type { AnswerOf } from '../../../shared/hecto/endpoints.ts';
import { acceptedByHecto } from '../accepted-by-hecto.ts';
import { heldUnknown } from '../call-hecto-raw.ts';
import { given } from './from-hecto.ts';
import type { MerchantDeps } from './merchant-deps.ts';

type Question = z.output<(typeof checkAccountHolder)['body']>;

/** Asks one of Hecto's three holder checks: with an amount, with a date of birth or business number, or plain. */
export function createCheckAccountHolder({ hecto }: Pick<MerchantDeps, 'hecto'>) {
  return async function check(question: Question) {
    const { holderName, birthDate, businessNumber, amount } = question;
    const identity = businessNumber ?? birthDate?.replaceAll('-', '').slice(2);
    const common = {
      mchtCustId: question.customerId,
      bankCd: question.bankCode,
      custAcntNo: question.accountNumber,
      mchtCustNm: holderName,
      acctNoChkYn: question.checkRegistrable ? 'Y' : undefined,
      custIp: question.customerIp,
    };
    if (amount !== undefined) {
      const request = { ...common, trdAmt: String(amount) };
      return told(await acceptedByHecto(hecto, 'accountHolderNameInquiryWithAmount', request));
    }
    if (identity !== undefined) {
      const request = { ...common, uii: identity };
      return told(await acceptedByHecto(hecto, 'accountHolderNameConfirm', request));
    }
    return told(await acceptedByHecto(hecto, 'accountHolderNameInquiry', common));

    function told({ mchtCustNm: name }: AnswerOf<'accountHolderNameInquiry'>) {
      const compared = holderName !== undefined || identity !== undefined;
      // Nothing was compared and no name came: nobody knows anything.
      if (!compared && name === undefined) throw heldUnknown('accountHolderNameInquiry');
      return { ...given('holderName', name), ...(compared && { matches: true as const }) };
    }
  };
}
