import { dayMs } from '../../../functions/domain/time.ts';
import type { PlayedWorld } from '../play/play-world.ts';

/** What became of one failure under one policy. */
export interface Outcome {
  /** Failures that share cards are one group: they are not independent of each other. */
  readonly group: number;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** `null` where nothing was paid. */
  readonly paidBy: 'primary' | 'secondary' | 'customer' | null;
  /** From the failure to the payment. */
  readonly days: number | null;
  /** Charges that the policy made, the one that paid too. */
  readonly tries: number;
}

export function outcomesOf({ renewals, tries }: PlayedWorld, group: number): readonly Outcome[] {
  const ours = Map.groupBy(
    tries.filter(({ isOurs }) => isOurs),
    ({ nth }) => nth,
  );
  return renewals.map(({ nth, failure: { amount, currency }, failedAt, paid }) => ({
    group,
    amount,
    currency,
    paidBy: paid?.by ?? null,
    days: paid === null ? null : (paid.at - failedAt) / dayMs,
    tries: ours.get(nth)?.length ?? 0,
  }));
}
