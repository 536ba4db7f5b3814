import { markQueued } from '../domain/case/advance-case.ts';
import { sweepAt } from '../domain/case/dunning-case.ts';
import { dueShard, isCustomer, shardCount } from '../domain/items.ts';
import { messageVersion } from '../domain/messages.ts';
import type { Clock, Key, Log, Metrics, Queues, Table } from '../domain/ports.ts';
import { type Instant, isoInstant, minuteMs, secondMs } from '../domain/time.ts';
import { describeError } from '../runtime/http.ts';
import type { Records } from '../runtime/records.ts';

export interface SweepDependencies {
  readonly table: Pick<Table, 'queryIndex'>;
  readonly records: Pick<Records, 'caseAt' | 'saveCase' | 'customerAt' | 'saveCustomer'>;
  readonly queues: Pick<Queues, 'sendRetry'>;
  readonly passesPerSecond: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How long this process may still live, in milliseconds. */
  readonly remainingMs: () => number;
}

/** The rule that calls the sweep: once a minute. */
const periodSeconds = 60;
/** How many cases are sent side by side. */
const sideBySide = 10;
/** What a batch of them may take; with less left, the rest stays due for the next minute. */
const neededForBatchMs = 5 * secondMs;
/**
 * A queued case is not queued again before this long: a backlog on the queue must not grow by
 * itself. Should its message be lost, this is how long the case waits.
 */
const queuedForMs = 15 * minuteMs;

/**
 * Sends the due cases, and the customers with a change that was not finished, to the retry queue,
 * spread over the minute, and no more of them than the rate allows; the others stay due. The time is moved ahead before the message is sent: a death
 * in between delays the case and loses nothing.
 * @throws after all others were sent, where one could not be.
 */
export async function sweep(dependencies: SweepDependencies): Promise<void> {
  const { clock, log, metrics } = dependencies;
  const now = clock.now();
  const due = await findDue(dependencies, now);
  metrics.count('CasesDue', due.length);
  const failures: unknown[] = [];
  for (let from = 0; from < due.length; from += sideBySide) {
    if (dependencies.remainingMs() < neededForBatchMs) break;
    const batch = due.slice(from, from + sideBySide);
    const sent = await Promise.allSettled(
      batch.map((key, index) => {
        const delaySeconds = Math.floor(((from + index) * periodSeconds) / due.length);
        return queueOne(dependencies, key, now, delaySeconds);
      }),
    );
    failures.push(...sent.flatMap((each) => (each.status === 'rejected' ? [each.reason] : [])));
  }
  for (const failure of failures) log.error('What is due was not queued', describeError(failure));
  if (failures.length > 0)
    throw new AggregateError(failures, 'Not everything that is due was queued.');
}

async function findDue(
  { table, passesPerSecond }: SweepDependencies,
  now: Instant,
): Promise<readonly Key[]> {
  const budget = passesPerSecond * periodSeconds;
  const due: Key[] = [];
  // Another shard is first each minute: under a backlog none comes last for ever.
  const first = Math.floor(now / minuteMs);
  for (let step = 0; step < shardCount && due.length < budget; step += 1) {
    const shard = (first + step) % shardCount;
    const left = budget - due.length;
    due.push(...(await table.queryIndex('due', dueShard(shard), isoInstant(now), left)));
  }
  return due;
}

const queueOne = (
  dependencies: SweepDependencies,
  key: Key,
  now: Instant,
  delaySeconds: number,
): Promise<void> =>
  isCustomer(key)
    ? queueCustomer(dependencies, key, now, delaySeconds)
    : queueCase(dependencies, key, now, delaySeconds);

async function queueCustomer(
  { records, queues, log }: SweepDependencies,
  key: Key,
  now: Instant,
  delaySeconds: number,
): Promise<void> {
  const stored = await records.customerAt(key);
  if (stored === null || stored.unfinished.length === 0 || stored.finishBy > now) return;
  const later = { ...stored, finishBy: now + queuedForMs, version: stored.version + 1 };
  if (!(await records.saveCustomer(later))) return;
  const { customer } = stored;
  await queues.sendRetry({ v: messageVersion, type: 'finish', customer }, delaySeconds);
  log.info('Unfinished change queued', { customer, delaySeconds });
}

async function queueCase(
  { records, queues, log }: SweepDependencies,
  key: Key,
  now: Instant,
  delaySeconds: number,
): Promise<void> {
  // The index follows the table after a moment: the case may have moved on.
  const dunningCase = await records.caseAt(key);
  if (dunningCase === null) return;
  const at = sweepAt(dunningCase);
  if (at === null || at > now) return;
  if (!(await records.saveCase(markQueued(dunningCase, now + queuedForMs)))) return;
  const { customer, invoice } = dunningCase;
  await queues.sendRetry({ v: messageVersion, type: 'pass', customer, invoice }, delaySeconds);
  log.info('Due case queued', { customer, invoice, delaySeconds });
}
