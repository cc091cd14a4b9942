import { randomBytes } from 'node:crypto';
import { newOrderNumber } from '../../../shared/values/order-number.ts';
import { acceptedIn, askHectoChecked, refusedByHecto, refusedByUs } from '../accepted-by-hecto.ts';
import { isVerdict } from '../ask-hecto.ts';
import { limit } from '../onboarding/limits.ts';
import { isPassword } from '../onboarding/payment-password.ts';
import type { MerchantDeps } from './merchant-deps.ts';

/**
 * Compares a payment password: with ours where the customer set one here, else with Hecto's. A try counts before
 * anybody compares, under the counters of the onboarding: a lock here is a lock there (S61, S66). Resolves when it
 * is right; throws `refused` or `hecto-refused` with the tries that are left.
 */
export function createVerifyPaymentPassword({ config, store, hecto, clock, log }: MerchantDeps) {
  return async function verifyPaymentPassword(
    customerId: string,
    password: string,
    customerIp?: string,
  ): Promise<void> {
    const now = clock();
    const tries = limit('password-tries', customerId, now);
    const taken = await store.attempts.take([tries, limit('password-asks', customerId, now)], now);
    const { left } = taken;
    if (!taken.allowed) throw locked();

    const kept = await store.pins.read(customerId);
    if (kept !== undefined) {
      const digits = Buffer.from(password, 'latin1');
      const right = await isPassword(config.pinPepper, kept, digits).finally(() => digits.fill(0));
      if (!right) log.event('security', { what: 'password-wrong' });
      if (!right)
        throw left > 0 ? refusedByUs('password-wrong', { triesLeft: left, retryable: true }) : locked();
    } else {
      const reply = await askHectoChecked(hecto, 'paymentPasswordConfirm', {
        mchtTrdNo: newOrderNumber('PWD', now, randomBytes),
        mchtCustId: customerId,
        pmtPwd: password,
        custIp: customerIp,
      });
      const missing = reply.kind === 'refused' && reply.meaning.code === 'password-not-set';
      if (reply.kind === 'refused' && isVerdict(reply) && !missing) {
        const details =
          left > 0
            ? { triesLeft: left }
            : { triesLeft: 0, refusal: 'password-locked' as const, retryable: false };
        log.event('security', { what: 'password-wrong' });
        if (left === 0) tellLocked();
        throw refusedByHecto('paymentPasswordConfirm', reply.status, reply.code, details);
      }
      // Lost, under maintenance, or there is none to compare with: nothing was said about the password.
      if (reply.kind !== 'accepted') await store.attempts.giveBack(tries);
      acceptedIn('paymentPasswordConfirm', reply);
    }
    await store.attempts.reset('password-tries', customerId);
    log.event('security', { what: 'password-right' });
  };

  function tellLocked(): void {
    log.event('security', { what: 'password-locked' });
  }

  /** Until the phone is proven again. */
  function locked() {
    tellLocked();
    return refusedByUs('password-locked', { triesLeft: 0 });
  }
}
