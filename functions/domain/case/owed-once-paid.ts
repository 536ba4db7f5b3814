import type { DunningCase, Owed } from './dunning-case.ts';
import { noticeOfRestoration } from './end-notices.ts';

/** What a case owes once its invoice is paid, wherever: what its end had taken comes back. */
export const owedOncePaid = (dunningCase: DunningCase): Owed[] => [
  ...owedOnceSettled(dunningCase),
  ...noticeOfRestoration(dunningCase),
];

/** The same where nothing is to be paid any more: nobody is told that a payment came. */
export function owedOnceSettled({ end }: DunningCase): Owed[] {
  const subscription = end?.paused;
  return subscription === undefined ? [] : [{ kind: 'resume_subscription', subscription }];
}
