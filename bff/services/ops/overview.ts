import type { AccountSummary, Step } from '../../../shared/api/state.ts';
import type { WebhookEndpoint } from '../../../shared/api/merchant/events.ts';
import type { RefusalCode } from '../../../shared/api/refusals.ts';
import type { Config } from '../../config.ts';
import type { HectoClient } from '../../hecto/client.ts';
import type { LaneName, LaneStats } from '../../hecto/lanes.ts';
import type { Backlog } from '../../store/backlog.ts';
import type { Funnel } from '../../store/funnel.ts';
import type { IntentKind } from '../../store/intents.ts';
import type { OperatorAction } from '../../store/operator-actions.ts';
import type { DeliveryState } from '../../store/outbox.ts';
import type { RegistrationIntent, Session, Store } from '../../store/store.ts';
import { registeredIn } from '../onboarding/journey.ts';
import { hasExpired, summaryOf } from '../onboarding/public-state.ts';
import { createMerchantEvents } from '../webhooks/merchant-events.ts';
import { isConfirming } from './inquire-now.ts';

/* What operators may see. Everything is named here; nothing of a customer but a few characters of the merchant's own id. */

export type SessionRow = {
  readonly id: string;
  readonly at: Date;
  readonly step: Step;
  readonly customer: string;
  readonly account?: AccountSummary;
  readonly problem?: RefusalCode;
};

export type UnknownRow = {
  readonly id: string;
  readonly kind: IntentKind;
  readonly state: 'unknown' | 'needs_review';
  readonly orderNumber: string;
  readonly since: Date;
  readonly inquiries: number;
  readonly nextInquiryAt?: Date;
  readonly amount?: number;
  /** Whether there is still somebody who could ask: not once the session is gone in which it was registered. */
  readonly canInquire: boolean;
};

export type Overview = {
  readonly now: Date;
  readonly backlog: Backlog;
  readonly funnel: Funnel;
  /** Of this instance; everything else is the same on every one. */
  readonly lanes: Readonly<Record<LaneName, LaneStats>>;
  readonly unknowns: readonly UnknownRow[];
  readonly deliveries: readonly DeliveryState[];
  readonly endpoint: { readonly host?: string; readonly state: WebhookEndpoint['state'] };
  readonly sessions: readonly SessionRow[];
  readonly actions: readonly OperatorAction[];
};

type Deps = {
  readonly config: Config;
  readonly store: Store;
  readonly hecto: Pick<HectoClient, 'stats'>;
  readonly clock: () => Date;
};

const mostRows = 30;
const mostActions = 10;
/** Who presses reload must not make the database count again. */
const freshMs = 2_000;

/** Reads what the operators' page shows; what has to be counted, at most every two seconds. */
export function createOverview({ config, store, hecto, clock }: Deps) {
  const events = createMerchantEvents({ config, store, clock });
  let known: { readonly at: number; readonly counted: Promise<readonly [Backlog, Funnel]> } | undefined;

  function count(): Promise<readonly [Backlog, Funnel]> {
    const at = performance.now();
    if (!known || at - known.at >= freshMs) {
      const now = clock();
      const counted = Promise.all([store.backlog(now), store.funnel(now)] as const);
      counted.catch(() => (known = undefined));
      known = { at, counted };
    }
    return known.counted;
  }

  async function read(): Promise<Overview> {
    const now = clock();
    const [[backlog, funnel], intents, registrations, deliveries, endpoint, sessions, actions] =
      await Promise.all([
        count(),
        store.intents.open(mostRows),
        store.registrations.unknown(mostRows),
        store.outbox.latest(mostRows),
        events.webhookEndpointState(),
        store.sessions.latest(mostRows),
        store.operatorActions.latest(mostActions),
      ]);
    const ofOnboarding = await Promise.all(
      registrations.map(async (one) => registrationRow(one, await store.sessions.read(one.sessionId))),
    );
    const ofMoney = intents.map(
      ({ id, kind, state, orderNumber, createdAt, inquiries, nextInquiryAt, amount }): UnknownRow => ({
        ...{ id, kind, orderNumber, inquiries, since: createdAt, canInquire: true },
        state: state === 'needs_review' ? 'needs_review' : 'unknown',
        ...(nextInquiryAt && { nextInquiryAt }),
        ...(amount !== undefined && { amount }),
      }),
    );
    return {
      ...{ now, backlog, funnel, deliveries, actions },
      lanes: hecto.stats().lanes,
      unknowns: [...ofMoney, ...ofOnboarding].sort((a, b) => a.since.getTime() - b.since.getTime()),
      endpoint: { state: endpoint.state, ...(config.webhook && { host: new URL(config.webhook.url).host }) },
      sessions: sessions.map((session) => sessionRow(session, config, now)),
    };
  }

  return {
    read,
    /** Something has just changed: the next look counts anew. */
    forget() {
      known = undefined;
    },
  };
}

function registrationRow(
  { id, orderNumber, createdAt }: RegistrationIntent,
  session: Session | undefined,
): UnknownRow {
  const { journey } = session ?? {};
  const ars = journey?.step === 'ars' && journey.ars.phase === 'confirming' ? journey.ars : undefined;
  return {
    ...{ id, orderNumber, since: createdAt, kind: 'registration', state: 'unknown' },
    inquiries: ars?.inquiries ?? 0,
    ...(ars && { nextInquiryAt: new Date(ars.nextInquiryAt) }),
    canInquire: journey !== undefined && isConfirming(journey),
  };
}

function sessionRow(session: Session, config: Config, now: Date): SessionRow {
  const { id, createdAt: at, customerId, journey } = session;
  const registered = registeredIn(journey);
  return {
    ...{ id, at, customer: maskedCustomer(customerId) },
    step: hasExpired(session, config, now) ? 'expired' : journey.step,
    ...(registered && { account: summaryOf(registered) }),
    ...(journey.refusal && { problem: journey.refusal.code }),
  };
}

/** Enough to tell whether it is the customer somebody asks about, too little to find one. */
export function maskedCustomer(customerId: string): string {
  const characters = [...customerId];
  const shown = characters.length >= 8 ? 2 : characters.length >= 4 ? 1 : 0;
  return `${characters.slice(0, shown).join('')}•••${shown === 0 ? '' : characters.slice(-shown).join('')}`;
}
