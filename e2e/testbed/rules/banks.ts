import { stampOf } from '../state/korean-time.ts';
import { accepted, refused, type Rule } from './rule.ts';
import { banks, isServed } from '../state/banks.ts';

export const bankList: Rule<'bankList'> = () =>
  accepted({
    dataCnt: String(banks.length),
    bankRecords: banks.map(({ code, name, inUse }, index) => ({
      recordBankCd: code,
      recordBankNm: name,
      recordBankOrd: String(index + 1),
      recordUseYn: inUse ? 'Y' : 'N',
    })),
  });

/** There is no yes and no: a closed bank is a refusal. */
export const bankMaintenance: Rule<'bankMaintenance'> = ({ bankCd }, state) => {
  if (!isServed(bankCd)) return refused('ST44');
  return state.maintenance.at(bankCd) ? refused('ST11', { bankCd }) : accepted({ bankCd });
};

export const ownershipBankMaintenance: Rule<'ownershipBankMaintenance'> = ({ bankCd }, state) => {
  if (!isServed(bankCd)) return refused('ST44');
  const closed = state.maintenance.at(bankCd);
  if (!closed) return accepted({ bankCd, bankChkYn: 'N' });
  return accepted({ bankCd, bankChkYn: 'Y', stDtm: stampOf(closed.from), edDtm: stampOf(closed.until) });
};
