import type { CaseView, TimelineEntry } from '../api/api-types.ts';
import { sayMethod } from './say-method.ts';
import { sayConsequence } from './say-next.ts';
import type { Words } from './words.ts';

type Event = TimelineEntry['event'];

export interface Told {
  readonly at: string;
  readonly sentence: string;
}

/**
 * What was tried for an invoice, in the order in which it happened. Stripe's own tries stand in
 * no history of ours, but the last of each role is known.
 */
export function sayTimeline(words: Words, shown: CaseView): readonly Told[] {
  const ours = shown.timeline.map(({ at, event }) => ({
    at,
    sentence: sayEntry(words, shown, event),
  }));
  const named = new Set(shown.timeline.flatMap(({ event }) => methodOf(event) ?? []));
  const others = shown.tried
    .filter(({ method }) => !named.has(method))
    .map(({ at, result, ...tried }) => {
      const told = result === 'processing' ? 'on_its_way' : result;
      const event = { kind: 'tried', by: 'us', result: told, ...tried } as const;
      return { at, sentence: sayEntry(words, shown, event) };
    });
  return [...others, ...ours].toSorted((a, b) => a.at.localeCompare(b.at));
}

const methodOf = (event: Event): string | null => ('method' in event ? event.method : null);

/** One entry of what was tried, as a sentence. */
export function sayEntry(words: Words, { methods }: CaseView, event: Event): string {
  const { text, format } = words;
  const { timeline } = text;
  const nameOf = (id: string) => {
    const method = methods.find((each) => each.method === id);
    return method === undefined ? text.methods.plainOther : sayMethod(words, method);
  };
  switch (event.kind) {
    case 'tried':
    case 'debit_ended':
      return sayResult(words, event, nameOf(event.method));
    case 'payment_started':
      return timeline.started({ method: nameOf(event.method) });
    case 'round_ended':
      return event.nextTryAt === null
        ? timeline.roundEndedLast
        : timeline.roundEnded({ when: format.moment(event.nextTryAt) });
    case 'end_ahead':
      return timeline.endAhead({
        when: format.moment(event.endsAt),
        what: sayConsequence(words, event.follows),
      });
    case 'access_ended':
      return timeline.ended({ what: sayConsequence(words, event.follows) });
    case 'by_business':
      return byBusiness(words)[event.what];
    case 'ended':
      return howEnded(words)[event.how];
  }
}

function sayResult(
  { text: { timeline, reason } }: Words,
  event: Extract<Event, { kind: 'tried' | 'debit_ended' }>,
  method: string,
): string {
  const isDebit = event.kind === 'debit_ended';
  switch (event.result) {
    case 'paid':
      if (isDebit) return timeline.debitPaid({ method });
      return event.by === 'you' ? timeline.youPaid({ method }) : timeline.paid({ method });
    case 'refused': {
      const why = reason[event.reason ?? 'declined'];
      return isDebit ? timeline.debitRefused({ method, why }) : timeline.refused({ method, why });
    }
    case 'on_its_way':
      return timeline.onItsWay({ method });
    case 'not_made':
      return timeline.notMade({ method });
  }
}

const byBusiness = ({ text: { timeline } }: Words) => ({
  retry: timeline.retry,
  hold: timeline.hold,
  release: timeline.release,
  hand_back: timeline.handBack,
  close: timeline.close,
});

const howEnded = ({ text: { timeline } }: Words) => ({
  paid: timeline.closedPaid,
  canceled: timeline.closedCanceled,
  not_collected: timeline.closedNotCollected,
});
