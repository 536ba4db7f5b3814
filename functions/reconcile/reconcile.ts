import { type Reconciliation, type Round, roundOf } from '../domain/reconciliation.ts';
import { dayMs, secondMs } from '../domain/time.ts';
import { describeError } from '../runtime/http.ts';
import type { ReconcileDependencies, Run } from './dependencies.ts';
import { takePage } from './take-page.ts';

/** What a page may take: a request to Stripe (20 s), and a look at each of its rows. */
const neededForPageMs = 60 * secondMs;

/**
 * Compares the table with Stripe, and queues a look wherever the two differ: failures that no event
 * told of, invoices that were settled elsewhere, attempts whose outcome nobody knows, retries of
 * Stripe's own that are on again, events that could not be delivered, mirrors that went stale.
 * Nothing is charged and nothing is decided here. All of it may be done twice; what a run has no
 * time for, the next one does.
 * @throws after all the rest was done, where something could not be.
 */
export async function reconcile(dependencies: ReconcileDependencies): Promise<void> {
  const { records, policy, clock, log, remainingMs } = dependencies;
  const stored = await records.reconciliation();
  const round = roundOf(stored, clock.now());
  const run: Run = {
    // A run that begins in the middle has not seen what was listed before.
    listed: stored.round === null ? new Set() : null,
    listedFrom: round.beganAt - policy.windowDays * dayMs,
    customers: new Set(),
    failures: [],
  };
  let place: Round['place'] | null = round.place;
  while (place !== null && remainingMs() >= neededForPageMs) {
    place = await takePage(dependencies, stored, { ...round, place }, run);
  }
  await save(dependencies, stored, place === null ? null : { ...round, place }, round, run);
  if (place !== null) log.warn('The comparison with Stripe goes on in an hour', { ...place });
  for (const failure of run.failures) log.error('Not compared with Stripe', describeError(failure));
  if (run.failures.length > 0) {
    throw new AggregateError(run.failures, 'Not everything could be compared with Stripe.');
  }
}

/** Events are looked at once more from where they were, if anything of the round went wrong. */
async function save(
  { records, log }: ReconcileDependencies,
  stored: Reconciliation,
  left: Round | null,
  { beganAt }: Round,
  { failures }: Run,
): Promise<void> {
  const isWhole = left === null && failures.length === 0;
  const saved = await records.saveReconciliation({
    comparedAt: isWhole ? beganAt : stored.comparedAt,
    round: left,
    version: stored.version + 1,
  });
  // Two runs at once have done the same work: either's place is a good one.
  if (!saved) log.warn('Another run compares with Stripe at the same time');
}
