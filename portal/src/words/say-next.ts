import type { OpenCaseView, SafeConsequence } from '../api/api-types.ts';
import type { Words } from './words.ts';

/** What an invoice is called in sentences. */
export const sayInvoice = ({ text }: Words, number: string | null): string =>
  number === null ? text.banner.anInvoice : text.banner.invoice({ number });

/** What happens to an open invoice next, and when. */
export function sayNext(words: Words, openCase: OpenCaseView): string {
  const { text, format } = words;
  const { underWay, heldUntil, state, next } = openCase;
  if (underWay?.by === 'you') return text.next.yourPayment({ when: format.time(underWay.until) });
  if (underWay?.by === 'us') return text.next.underWay;
  if (state === 'action_required') return text.next.confirm;
  if (heldUntil !== null) return text.next.held({ when: format.moment(heldUntil) });
  if (state === 'trying') return text.next.trying;
  switch (next.next) {
    case 'try':
      return text.next.tryAt({ when: format.moment(next.at) });
    case 'wait':
      return text.next.processing({ when: format.moment(next.until) });
    case 'end':
      if (isNothing(next.follows)) return text.next.endWithout({ when: format.moment(next.at) });
      return text.next.end({
        when: format.moment(next.at),
        what: sayConsequence(words, next.follows),
      });
    case 'nothing':
      return text.next.nothing;
  }
}

/** The schedule ends, and nothing else. */
const isNothing = ({ access, subscription }: SafeConsequence): boolean =>
  access !== 'ends' && subscription === 'goes_on';

/** What the announced end means for the customer. */
export function sayConsequence({ text }: Words, follows: SafeConsequence): string {
  const access = follows.access === 'ends' ? text.next.accessEnds : null;
  const subscription = follows.subscription === 'goes_on' ? null : text.next[follows.subscription];
  if (access !== null && subscription !== null)
    return text.next.and({ first: access, second: subscription });
  return access ?? subscription ?? text.next.nothingFollows;
}
