import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type {
  CashReceipt,
  chargeBody,
  createPaymentBody,
  refundBody,
} from '../../../shared/api/merchant/payments.ts';
import type {
  evidencedRegistrationBody,
  registrationBody,
} from '../../../shared/api/merchant/registrations.ts';
import type { remittanceBody } from '../../../shared/api/merchant/remittances.ts';
import type { RequestOf } from '../../../shared/hecto/endpoints.ts';
import { plainDay } from '../../../shared/values/kst.ts';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import type { Intent, NewIntent } from '../../store/intents.ts';
import { canonical } from '../idempotently.ts';
import { masked } from './money-calls.ts';

/* What a merchant asks for, as intents: the one place that turns our names into Hecto's. */

/** What is the same for every wish: who asked, under which key. */
export type Asked = {
  /** Route and Idempotency-Key. */
  readonly requestKey: string;
  readonly now: Date;
};

const digits = (amount: number | undefined) => (amount === undefined ? undefined : String(amount));
const yes = (wanted: boolean | undefined) => (wanted === undefined ? undefined : wanted ? 'Y' : 'N');

const purposes = { 'income-deduction': '0', 'expense-proof': '1' } as const;
const identifierTypes = { card: '1', 'business-number': '3', mobile: '4' } as const;
const deductions = { 'public-transport': 'Y', culture: 'C' } as const;

const orderNumberOf = (prefix: string, { orderNumber }: { orderNumber?: string | undefined }, now: Date) =>
  orderNumber ?? newOrderNumber(prefix, now, randomBytes);

/** Cash receipt fields; the purpose has a name of its own on each call. */
function receiptFields(receipt: CashReceipt | undefined, allowed: boolean | undefined) {
  const possible = { csrcIssPsblYn: yes(allowed) };
  if (!receipt) return possible;
  return {
    ...possible,
    csrcIssReqYn: 'Y',
    taxTypeCd: receipt.taxFree ? 'Y' : 'N',
    csrcRegNoDivCd: identifierTypes[receipt.identifierType],
    csrcRegNo: receipt.identifier,
    ...(receipt.extraDeduction && { addDdtTypeCd: deductions[receipt.extraDeduction] }),
  };
}

type Amounts = {
  amount?: number | undefined;
  supplyAmount?: number | undefined;
  vatAmount?: number | undefined;
  serviceCharge?: number | undefined;
};

const amountFields = ({ amount, supplyAmount, vatAmount, serviceCharge }: Amounts) => ({
  trdAmt: digits(amount) ?? '',
  splAmt: digits(supplyAmount),
  vat: digits(vatAmount),
  svcAmt: digits(serviceCharge),
});

export function paymentWish(body: z.output<typeof createPaymentBody>, { requestKey, now }: Asked): NewIntent {
  const { customerId, bankCode, accountKey, amount, cashReceipt, recurring, metadata, productName } = body;
  const orderNumber = orderNumberOf('PAY', body, now);
  const request: RequestOf<'payment'> = {
    mchtTrdNo: orderNumber,
    mchtCustId: customerId,
    bankCd: bankCode,
    custAcntKey: accountKey,
    ...amountFields(body),
    cupDepositAmt: digits(body.cupDepositAmount),
    pmtPrdtNm: productName,
    custAcntSumry: body.passbookText,
    ...receiptFields(cashReceipt, body.cashReceiptAllowed),
    ...(cashReceipt && { csrcRegProposYn: purposes[cashReceipt.purpose] }),
    ...(recurring && { rglPmtYn: 'Y' }),
    ...(recurring?.endsOn !== undefined && { rglEdDt: plainDay(recurring.endsOn) }),
    custIp: body.customerIp,
  };
  return {
    kind: 'payment',
    endpoint: 'payment',
    orderNumber,
    customerId,
    amount,
    request,
    about: { bankCode, accountKey, productName, metadata },
    authorization: body.paymentAuthorization,
    requestKey,
    fingerprint: canonical(body),
  };
}

export function chargeWish(
  recurringPaymentKey: string,
  body: z.output<typeof chargeBody>,
  { requestKey, now }: Asked,
): NewIntent {
  const { customerId, amount, cashReceipt, metadata, productName } = body;
  const orderNumber = orderNumberOf('CHG', body, now);
  const request: RequestOf<'recurringPaymentApproval'> = {
    mchtTrdNo: orderNumber,
    mchtCustId: customerId,
    rglChrgKey: recurringPaymentKey,
    ...amountFields(body),
    cupDepositAmt: digits(body.cupDepositAmount),
    pmtPrdtNm: productName,
    custAcntSumry: body.passbookText,
    ...receiptFields(cashReceipt, body.cashReceiptAllowed),
    ...(cashReceipt && { csrcReqPrposYn: purposes[cashReceipt.purpose] }),
    custIp: body.customerIp,
  };
  return {
    kind: 'charge',
    endpoint: 'recurringPaymentApproval',
    orderNumber,
    customerId,
    amount,
    request,
    about: { productName, recurringPaymentKey, metadata },
    requestKey,
    fingerprint: canonical({ recurringPaymentKey, ...body }),
  };
}

export function remittanceWish(body: z.output<typeof remittanceBody>, { requestKey, now }: Asked): NewIntent {
  const { customerId, bankCode, accountNumber, amount, ownContract, metadata } = body;
  const orderNumber = orderNumberOf('RMT', body, now);
  const request: RequestOf<'remittance'> = {
    mchtTrdNo: orderNumber,
    mchtCustId: customerId,
    bankCd: bankCode,
    custAcntNo: accountNumber,
    custAcntSumry: body.passbookText,
    trdAmt: String(amount),
    custIp: body.customerIp,
    ...(ownContract && {
      directYn: 'Y',
      macntBankCd: ownContract.bankCode,
      macntNo: ownContract.accountNumber,
      macntSumry: ownContract.passbookText,
      scrtCardVal: ownContract.securityCardNumber,
      firmPktNo: ownContract.messageNumber,
      macntPwd: ownContract.password,
    }),
  };
  return {
    kind: 'remittance',
    endpoint: 'remittance',
    orderNumber,
    ...(customerId !== undefined && { customerId }),
    amount,
    request,
    about: { bankCode, maskedAccountNumber: masked(accountNumber), metadata },
    requestKey,
    fingerprint: canonical(body),
  };
}

/** A refund still lacks its amount: what is left of the payment is known only when it is committed. */
export function refundWish(payment: Intent, body: z.output<typeof refundBody>, { requestKey, now }: Asked) {
  const orderNumber = orderNumberOf('RFD', body, now);
  const { customerId = '', result, id: parentId } = payment;
  return {
    wish: {
      kind: 'refund',
      endpoint: 'paymentCancel',
      orderNumber,
      customerId,
      parentId,
      ...(body.amount !== undefined && { amount: body.amount }),
      about: { metadata: body.metadata },
      request: {},
      requestKey,
      fingerprint: canonical({ parentId, ...body }),
    } as const,
    withAmount: (amount: number): RequestOf<'paymentCancel'> => ({
      mchtTrdNo: orderNumber,
      mchtCustId: customerId,
      ...amountFields({ ...body, amount }),
      trdNo: result?.transactionNumber ?? '',
      custAcntSumry: body.passbookText,
      custIp: body.customerIp,
    }),
  };
}

/** `approval`: Hecto's number of the approved call, where there was one. */
export function registrationWish(
  customerId: string,
  body: z.output<typeof registrationBody>,
  approval: string | undefined,
  { requestKey, now }: Asked,
): NewIntent {
  const { bankCode, accountNumber, metadata } = body;
  const orderNumber = orderNumberOf('REG', body, now);
  const methods = { ars: 'ARS', written: 'WR', pass: 'PASS' } as const;
  const request: RequestOf<'accountRegistration'> = {
    mchtTrdNo: orderNumber,
    trdNo: approval,
    mchtCustId: customerId,
    mchtCustNm: body.holderName,
    uii: body.holderIdentity,
    bankCd: bankCode,
    custAcntNo: accountNumber,
    authMthdCd: methods[body.approval.method],
    custIp: body.customerIp,
  };
  return {
    kind: 'registration',
    endpoint: 'accountRegistration',
    orderNumber,
    customerId,
    request,
    about: {
      bankCode,
      maskedAccountNumber: masked(accountNumber),
      approval: { method: body.approval.method, number: approval },
      metadata,
    },
    requestKey,
    fingerprint: canonical({ customerId, ...body }),
  };
}

export function evidencedRegistrationWish(
  customerId: string,
  body: z.output<typeof evidencedRegistrationBody>,
  { requestKey, now }: Asked,
): NewIntent {
  const { bankCode, accountNumber, metadata } = body;
  const orderNumber = orderNumberOf('REG', body, now);
  const request: RequestOf<'merchantAccountRegistration'> = {
    mchtTrdNo: orderNumber,
    payerNo: body.payerNumber,
    mchtCustId: customerId,
    mchtCustNm: body.holderName,
    uii: body.holderIdentity,
    bankCd: bankCode,
    custAcntNo: accountNumber,
    custIp: body.customerIp,
  };
  return {
    kind: 'registration',
    endpoint: 'merchantAccountRegistration',
    orderNumber,
    customerId,
    request,
    about: {
      bankCode,
      maskedAccountNumber: masked(accountNumber),
      approval: { method: 'merchant-evidence' },
      metadata,
    },
    requestKey,
    fingerprint: canonical({ customerId, ...body }),
  };
}
