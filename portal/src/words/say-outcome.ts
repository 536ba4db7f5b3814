import type { CustomerView } from '../api/api-types.ts';
import type { Watched } from './judge-outcome.ts';
import { sayMethod } from './say-method.ts';
import { sayInvoice, sayNext } from './say-next.ts';
import type { Words } from './words.ts';

/** How the payment of an invoice went, in one sentence. */
export function sayOutcome(...asked: Parameters<typeof sayPlainly>): string {
  const said = sayPlainly(...asked);
  // It may begin with the word for an invoice, which is small inside of sentences.
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}

function sayPlainly(
  words: Words,
  { methods }: Pick<CustomerView, 'methods'>,
  { before, now, outcome }: Watched,
): string {
  const { text } = words;
  const invoice = sayInvoice(words, before.number);
  switch (outcome.is) {
    case 'paid':
      return text.status.paid({ invoice });
    case 'settled':
      return text.status.settled({ invoice });
    case 'processing':
      return text.status.processing({ invoice });
    case 'action_required':
      return text.status.confirm({ invoice });
    case 'refused': {
      const { tried } = outcome;
      if (tried.reason === 'authentication') return text.status.confirm({ invoice });
      const method = methods.find((each) => each.method === tried.method);
      const name = method === undefined ? text.methods.plainOther : sayMethod(words, method);
      const why = text.reason[tried.reason ?? 'declined'];
      return text.status.refused({
        invoice,
        method: name,
        why,
        next: sayNext(words, now ?? before),
      });
    }
    case 'pending':
      if (now === undefined || now.state === 'trying') return text.status.slow;
      return text.status.stillOpen({ invoice, next: sayNext(words, now) });
  }
}

/** How it went all in all: what is still awaited is no bad news. */
export function toneOf(watched: readonly Watched[]): 'good' | 'calm' | 'bad' {
  const kinds = watched.map(({ outcome }) => outcome.is);
  if (kinds.some((is) => is === 'refused' || is === 'action_required')) return 'bad';
  return kinds.includes('pending') ? 'calm' : 'good';
}
