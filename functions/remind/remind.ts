import { remindShard, shardCount } from '../domain/items.ts';
import type { IndexPlace } from '../domain/ports.ts';
import { hourMs, type Instant, isoInstant, secondMs } from '../domain/time.ts';
import { describeError } from '../runtime/http.ts';
import type { RemindDependencies } from './dependencies.ts';
import { lookAtCard } from './look-at-card.ts';

/**
 * How many cards are looked at side by side: with two requests to Stripe for each, and a quarter of
 * a second for one, some eight requests a second of the hundred that the business has.
 */
const sideBySide = 2;
/** What they may take: two requests to Stripe (20 s each), and those to the table. */
const neededForCardsMs = 60 * secondMs;
const cardsPerPage = 100;

/** What a run has done. */
interface Run {
  readonly startedAt: Instant;
  readonly failures: unknown[];
  looks: number;
}

/**
 * Looks at the cards whose time has come, and has the customers told whose card expires. Done
 * hourly; what a run has no time for, the next one does. While Backstop only observes, nobody is
 * told anything, and all cards wait.
 * @throws after all others were looked at, where one could not be.
 */
export async function remind(dependencies: RemindDependencies): Promise<void> {
  const { mode, clock, log, metrics } = dependencies;
  if (mode === 'observe') return;
  const run: Run = { startedAt: clock.now(), failures: [], looks: 0 };
  // Another shard is first each hour: under a backlog none comes last for ever.
  const first = Math.floor(run.startedAt / hourMs);
  for (let step = 0; step < shardCount; step += 1) {
    await takeShard(dependencies, (first + step) % shardCount, run);
  }
  metrics.count('CardsDue', run.looks);
  for (const failure of run.failures) log.error('A card was not looked at', describeError(failure));
  if (run.failures.length > 0) {
    throw new AggregateError(run.failures, 'Not every card that is due was looked at.');
  }
}

async function takeShard(dependencies: RemindDependencies, shard: number, run: Run): Promise<void> {
  const { table, remainingMs } = dependencies;
  const upTo = isoInstant(run.startedAt);
  let page: readonly IndexPlace[] = [];
  do {
    if (remainingMs() < neededForCardsMs) return;
    // What could not be looked at is still there: a page begins behind it.
    page = await table.queryIndex('remind', remindShard(shard), upTo, cardsPerPage, page.at(-1));
    await takePage(dependencies, page, run);
  } while (page.length === cardsPerPage);
}

/** One card that cannot be looked at keeps back no other. */
async function takePage(
  dependencies: RemindDependencies,
  page: readonly IndexPlace[],
  run: Run,
): Promise<void> {
  for (let from = 0; from < page.length; from += sideBySide) {
    if (dependencies.remainingMs() < neededForCardsMs) return;
    const batch = page.slice(from, from + sideBySide);
    const looked = await Promise.allSettled(batch.map((key) => lookAtCard(dependencies, key)));
    run.looks += batch.length;
    run.failures.push(
      ...looked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])),
    );
  }
}
