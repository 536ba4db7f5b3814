import { withoutHash } from '../../cloud/without-hash.ts';
import type { QueueView } from './queues-view.ts';
import { describeTarget, type ShownRule } from './rules-view.ts';

/** Something that happens by itself when the clock comes to it. */
export interface Due {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** As a sentence goes on: `a message of RetryDueQueue is seen`. */
  readonly what: string;
  /** Who does it: the local Stripe moves the clock in its own way. */
  readonly by: 'cloud' | 'stripe';
}

/** What the cloud and Stripe do next, the earliest first. */
export function viewDue(parts: {
  readonly rules: readonly ShownRule[];
  readonly queues: readonly QueueView[];
  readonly stripe: { readonly at: number; readonly what: string } | undefined;
}): readonly Due[] {
  const { rules, queues, stripe } = parts;
  const ruled = rules.flatMap((rule) =>
    rule.nextAt === undefined
      ? []
      : [
          {
            at: rule.nextAt,
            what: `the schedule ${withoutHash(rule.logicalId)} ${describeTarget(rule)}`,
            by: 'cloud' as const,
          },
        ],
  );
  const seen = queues.flatMap(({ id, messages }) =>
    messages.flatMap(({ visibleAt, state }) => {
      if (visibleAt === undefined) return [];
      const what = state === 'delayed' ? 'is seen' : 'is seen again, unless it is done by then';
      return [{ at: visibleAt, what: `a message of ${id} ${what}`, by: 'cloud' as const }];
    }),
  );
  const own = stripe === undefined ? [] : [{ ...stripe, by: 'stripe' as const }];
  return [...ruled, ...seen, ...own].sort((a, b) => a.at - b.at);
}
