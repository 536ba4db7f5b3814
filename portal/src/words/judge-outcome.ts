import type { OpenCaseView } from '../api/api-types.ts';

/** What became of an invoice since the reader changed something. */
export type Outcome =
  /** A try is awaited. */
  | { readonly is: 'pending' }
  /** It is not open any more. */
  | { readonly is: 'gone' }
  | { readonly is: 'refused'; readonly tried: OpenCaseView['tried'][number] }
  | { readonly is: 'processing' }
  | { readonly is: 'action_required' };

/**
 * Compares an open invoice with how it was before the change. Only a try that was not there
 * before is news: the last refusal of the old card says nothing of the new one.
 */
export function judgeOutcome(before: OpenCaseView, now: OpenCaseView | undefined): Outcome {
  if (now === undefined) return { is: 'gone' };
  if (now.state === 'processing') return { is: 'processing' };
  if (now.state === 'trying') return { is: 'pending' };
  const known = new Set(before.tried.map(nameOf));
  const news = now.tried.filter((tried) => !known.has(nameOf(tried)));
  const refused = news.filter(({ result }) => result === 'refused');
  const last = refused.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
  if (last === undefined) return { is: 'pending' };
  return now.state === 'action_required'
    ? { is: 'action_required' }
    : { is: 'refused', tried: last };
}

const nameOf = ({ method, at, result }: OpenCaseView['tried'][number]) =>
  `${method} ${at} ${result}`;

/** Milliseconds between two looks at what became of a payment: quick at first, then slower. */
export const pauseBeforeLook = (looks: number): number => Math.min(2_000 * 1.2 ** looks, 6_000);

/** How long the page waits for a payment before it says that it goes on without the reader. */
export const longestWaitMs = 60_000;

/** What became of one invoice that was watched. */
export interface Watched {
  readonly before: OpenCaseView;
  readonly now: OpenCaseView | undefined;
  /** Of one that is not open any more: whether it was paid. */
  readonly outcome: Exclude<Outcome, { is: 'gone' }> | { readonly is: 'paid' | 'settled' };
}
