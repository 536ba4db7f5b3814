import type { DunningCase, Owed } from './dunning-case.ts';
import { noticeOfRestoration } from './notices-owed.ts';

/** What a case owes once its invoice is paid, wherever: what its end had taken comes back. */
export function owedOncePaid(dunningCase: DunningCase): Owed[] {
  const { paused } = dunningCase.end ?? {};
  return [
    ...(paused === undefined
      ? []
      : [{ kind: 'resume_subscription', subscription: paused } as const]),
    ...noticeOfRestoration(dunningCase),
  ];
}
