import type { Carrier, Refusal, VerificationMethod } from '../../../shared/api/state.ts';
import type { Session } from '../../store/store.ts';
import { again, askHecto, final, refusalFrom } from '../ask-hecto.ts';
import { custIp, type Caller, type JourneyDeps } from './journey-deps.ts';
import type { Person, Sends, Verification } from './journey.ts';
import { limit, triesPerCode } from './limits.ts';

export const carrierCodes: Record<Carrier, string> = {
  skt: '1',
  kt: '2',
  lgu: '3',
  'skt-mvno': '4',
  'kt-mvno': '5',
  'lgu-mvno': '6',
};
export const methodCodes: Record<VerificationMethod, string> = { sms: '1', pass: '2' };

/** A texted code lives three minutes (S60); PASS leaves time to find the app. */
export const lifeMs: Record<VerificationMethod, number> = { sms: 180_000, pass: 300_000 };
const pauseMs = (count: number) => (count <= 1 ? 30_000 : 60_000);

export type Started =
  | { readonly started: true; readonly sends: Sends; readonly verification: Verification }
  | { readonly started: false; readonly sends: Sends; readonly refusal: Refusal };

/**
 * Has Hecto send a code or ask the PASS app: the one place from which messages leave. Every message counts
 * before it is sent, by address and by phone, also one that Hecto then refuses: somebody may be trying out
 * identities. A message whose fate is unknown is never sent again by us; the customer may ask once more.
 */
export function createVerifyPhone({ config, store, hecto, clock, log }: JourneyDeps) {
  return async function verifyPhone(
    { id: sessionId, customerId }: Session,
    person: Person,
    method: VerificationMethod,
    sends: Sends,
    caller: Caller,
  ): Promise<Started> {
    const now = clock();
    const refuse = (refusal: Refusal, next: Sends = sends): Started => ({
      started: false,
      sends: next,
      refusal,
    });
    if (now < new Date(sends.resendAt)) return refuse(again('too-soon', { opensAt: sends.resendAt }));

    const perPhone = limit('messages-per-phone', person.phone, now);
    const perAddress = limit(
      'messages-per-address',
      network(caller.address),
      now,
      config.smsPerAddressPerHour,
    );
    const taken = await store.attempts.take([perPhone, perAddress], now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached', sessionId });
      return refuse(final('code-sends-exhausted', { opensAt: taken.opensAt.toISOString() }));
    }

    const reply = await askHecto(hecto, 'mobileVerificationRequest', {
      mchtCustId: customerId,
      uii: person.birth + person.genderDigit,
      telecomCd: carrierCodes[person.carrier],
      cphoneNo: person.phone,
      mchtCustNm: person.name,
      authMthdCd: methodCodes[method],
      ...custIp(caller),
    });
    if (reply.kind === 'not-sent') {
      await store.attempts.giveBack([perPhone, perAddress]);
      return refuse(refusalFrom(reply));
    }
    if (reply.kind === 'refused' && reply.meaning.terminal) return refuse(refusalFrom(reply));

    const sentAt = clock();
    const count = sends.count + 1;
    const paused: Sends = { count, resendAt: new Date(sentAt.getTime() + pauseMs(count)).toISOString() };
    const { tid, trdNo } = reply.kind === 'accepted' ? reply.answer : {};
    // Without its two numbers a message can never be confirmed, whatever the status says.
    if (!tid || !trdNo) return refuse(again('no-answer'), paused);
    return {
      started: true,
      sends: paused,
      verification: {
        method,
        tid,
        trdNo,
        sentAt: sentAt.toISOString(),
        expiresAt: new Date(sentAt.getTime() + lifeMs[method]).toISOString(),
        triesLeft: triesPerCode,
        sendsLeft: await store.attempts.left(perPhone, now),
      },
    };
  };
}

/** Whose messages are counted together: one IPv4 address, or the /56 that an IPv6 customer is given. */
function network(address: string): string {
  const ipv4 = address.replace(/^::ffff:/i, '');
  if (!ipv4.includes(':')) return ipv4;
  const [head = '', tail = ''] = ipv4.split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const missing = Math.max(0, 8 - groups(head).length - groups(tail).length);
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  const [a, b, c, d = '0'] = all.map((group) => group.padStart(4, '0'));
  return [a, b, c, d.slice(0, 2)].join(':');
}
