/**
 * The job that all do: plain values in, one call to Hecto, encrypted field by field and hashed, and the plain answer out.
 * As short as it can be: nothing is checked, nothing is written down.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const { HECTO_AES_KEY: aesKey, HECTO_HASH_KEY: hashKey, HECTO_MERCHANT_ID: merchantId } = process.env;
const encryptedFields = ['mchtCustId', 'custAcntNo', 'mchtCustNm', 'trdAmt'];
const hashedFields = ['mchtId', 'mchtCustId', 'reqDt', 'reqTm', 'custAcntNo', 'trdAmt'];

export const hectoPath = '/v1/api/auth/acnt/ownercheckWithAmount';

function encrypt(plain) {
  const cipher = createCipheriv('aes-256-ecb', aesKey, null);
  return Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]).toString('base64');
}

function decrypt(sealed) {
  const decipher = createDecipheriv('aes-256-ecb', aesKey, null);
  return Buffer.concat([decipher.update(sealed, 'base64'), decipher.final()]).toString('utf8');
}

/** What to send to Hecto for these values. */
export function seal(values) {
  const stamp = new Date(Date.now() + 9 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '');
  const plain = { mchtId: merchantId, ...values, reqDt: stamp.slice(0, 8), reqTm: stamp.slice(8, 14) };
  const wire = { hdInfo: 'SP_NN00_1.0', ...plain };
  for (const field of encryptedFields) wire[field] = encrypt(plain[field]);
  const hashed = hashedFields.map((field) => plain[field]).join('');
  wire.pktHash = createHash('sha256')
    .update(hashed + hashKey, 'utf8')
    .digest('hex');
  return wire;
}

/** What Hecto has answered, plain. */
export const open = (answer) => ({ ...answer, mchtCustNm: decrypt(answer.mchtCustNm) });
