import { examples } from '../../shared/hecto/examples.ts';
import type { EndpointName } from '../../shared/hecto/endpoints.ts';

/**
 * The call that everybody makes when the BFF is measured: it moves no money, so no idempotency key is kept, four of its
 * fields are encrypted and hashed, and so is one of its answer.
 */
export const measuredCall = 'accountHolderNameInquiryWithAmount' satisfies EndpointName;

/** What the merchant's server gives. */
export const asked = JSON.stringify(examples[measuredCall]);

/** What the stub answers, plain, for the calls that it knows. */
export const answered: { readonly [N in EndpointName]?: object } = {
  [measuredCall]: {
    mchtTrdNo: examples[measuredCall]['mchtTrdNo'],
    trdNo: 'SFP_FIRM12345678901234567890',
    mchtCustNm: '홍길동',
  },
  // What choosing an account in the widget needs (S1).
  accountHolderNameInquiry: { mchtCustNm: '홍길동' },
  bankMaintenance: { bankCd: '004' },
  bankList: {
    dataCnt: '1',
    bankRecords: [{ recordBankOrd: '1', recordBankCd: '004', recordBankNm: 'KB국민은행', recordUseYn: 'Y' }],
  },
};
