import { createHmac } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Session, Store } from '../../store/store.ts';

/** OWASP's figures for Argon2id: 19 MiB, two passes, one lane. 2 is the id variant. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * A million passwords are tried in minutes against any hash, so it also takes a key from outside the database.
 * As text, because `verify` takes nothing but UTF-8.
 */
const peppered = (pepper: string, digits: Uint8Array) =>
  createHmac('sha256', pepper).update(digits).digest('base64url');

/** What is kept of a payment password that is ours to keep. */
export const hashPassword = (pepper: string, digits: Uint8Array): Promise<string> =>
  hash(peppered(pepper, digits), argon2id);

export const isPassword = (pepper: string, kept: string, digits: Uint8Array): Promise<boolean> =>
  verify(kept, peppered(pepper, digits));

/** Whether the password that this customer enters is one that we keep, not Hecto. */
export const isOurs = async (
  { pins }: Pick<Store, 'pins'>,
  { flow, customerId }: Session,
): Promise<boolean> => flow.paymentPassword !== 'hecto' && (await pins.read(customerId)) !== undefined;
