import { accepted, type Rule } from './rule.ts';

export const testCall: Rule<'testCall'> = ({ mchtTrdNo }, state) =>
  accepted({ mchtTrdNo, trdNo: state.numbers.transaction() });
