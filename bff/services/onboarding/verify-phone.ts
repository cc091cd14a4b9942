import type { Carrier, Refusal, VerificationMethod } from '../../../shared/api/state.ts';
import { isAboutTheService } from '../../../shared/hecto/codes.ts';
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
 * before it is sent, by phone, customer, address and network; the strictest wins. One that Hecto refuses, because the
 * phone is not this person's, takes none of the phone's: or who knows a number could lock its owner out (S62). It
 * counts as a try at whose phone it is, which only makes others wait a little. A message whose fate is unknown is never sent again by us; the customer may ask once more.
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
    const refusals = limit('refusals-per-phone', person.phone, now);
    const { address, network } = whereabouts(caller.address);
    const most = config.smsPerAddressPerHour;
    const counted = [
      perPhone,
      limit('messages-per-customer', customerId, now),
      limit('messages-per-address', address, now, most),
      limit('messages-per-network', network, now, most * addressesPerNetwork),
    ];
    const taken = await store.attempts.take([...counted, refusals], now);
    if (!taken.allowed) {
      log.event('security', { what: 'limit-reached', sessionId });
      const opensAt = taken.opensAt.toISOString();
      return refuse(
        taken.scope === refusals.scope
          ? again('too-soon', { opensAt })
          : final('code-sends-exhausted', { opensAt }),
      );
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
      await store.attempts.giveBack([...counted, refusals]);
      return refuse(refusalFrom(reply));
    }
    if (reply.kind === 'refused' && reply.meaning.terminal) {
      await store.attempts.giveBack(isAboutTheService(reply.meaning) ? [perPhone, refusals] : perPhone);
      return refuse(refusalFrom(reply));
    }
    await store.attempts.giveBack(refusals);

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

/** Behind one IPv4 network are many customers of a mobile carrier, so it gets as much as five addresses. */
const addressesPerNetwork = 5;

/**
 * Whose messages are counted together: an IPv4 address and the /24 around it, or the /56 that an IPv6 customer is
 * given and the /48 around that.
 */
export function whereabouts(from: string): { readonly address: string; readonly network: string } {
  const ipv4 = from.replace(/^::ffff:/i, '');
  if (!ipv4.includes(':')) return { address: ipv4, network: ipv4.replace(/\.\d+$/, '') };
  const [head = '', tail = ''] = ipv4.split('::');
  const groups = (half: string) => (half === '' ? [] : half.split(':'));
  const missing = Math.max(0, 8 - groups(head).length - groups(tail).length);
  const all = [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)];
  const [a, b, c, d = '0'] = all.map((group) => group.padStart(4, '0').toLowerCase());
  const network = [a, b, c].join(':');
  return { address: `${network}:${d.slice(0, 2)}`, network };
}
