import type { TermsDocument, Consents } from '../../../shared/api/widget.ts';
import { Problem } from '../../http/problem.ts';
import type { Session } from '../../store/store.ts';
import type { Caller, JourneyDeps } from './journey-deps.ts';
import type { Journey } from './journey.ts';
import type { TermsBook } from './read-terms.ts';
import type { TakeTurn } from './take-turn.ts';

type Deps = Pick<JourneyDeps, 'store' | 'clock' | 'log'> & {
  readonly terms: TermsBook;
  readonly takeTurn: TakeTurn;
};

/**
 * The customer agrees. Every document of the session's language must be answered in the very version that was
 * shown (its hash proves which bytes those were), required ones with yes. Each answer goes to the consent ledger.
 */
export function createGiveConsents({ store, clock, log, terms, takeTurn }: Deps) {
  return (session: Session, { items }: Consents, caller: Caller): Promise<Session> =>
    takeTurn(session, 'agree', items, async () => {
      const documents = terms.documents(session.locale);
      const errors = [
        ...items.flatMap((item, index) =>
          wrong(item, documents).map((message) => ({ field: `items.${index}`, message })),
        ),
        ...documents
          .filter(({ documentId }) => items.filter((item) => item.documentId === documentId).length !== 1)
          .map(({ documentId }) => ({ field: 'items', message: `${documentId} must be answered once` })),
      ];
      if (errors.length > 0) throw new Problem('invalid-request', { errors });
      const records = items.map((item) => ({ ...item, ...shown(item, documents)! }));
      await store.consents.append(session, caller, records, clock());
      log.event('security', { what: 'consent-given', sessionId: session.id });
      return {
        step: 'identity',
        consents: items.map(({ documentId, version, agreed }) => ({ documentId, version, agreed })),
        sends: { count: 0, resendAt: new Date(0).toISOString() },
      } satisfies Journey;
    });
}

type Item = Consents['items'][number];

const shown = (item: Item, documents: readonly TermsDocument[]) =>
  documents.find(({ documentId }) => documentId === item.documentId);

function wrong(item: Item, documents: readonly TermsDocument[]): string[] {
  const document = shown(item, documents);
  if (!document) return ['is not a document of this onboarding'];
  if (item.version !== document.version || item.sha256 !== document.sha256)
    return ['is not the version that was shown'];
  return document.required && !item.agreed ? ['must be agreed to'] : [];
}
