import type { DunningCase } from '../domain/case/dunning-case.ts';
import { isMirrorStale } from '../domain/customer/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import type { Key } from '../domain/ports.ts';
import { fnv1a } from '../domain/schedule/jitter.ts';
import { hourMs } from '../domain/time.ts';
import type { ReconcileDependencies, Run } from './dependencies.ts';

/** By then every outcome is known, if Stripe answers and the sweep runs. */
const knownAfterMs = hourMs;
const hoursADay = 24;

/**
 * An open case: an attempt whose outcome is not known for too long is counted, an invoice that may
 * have been settled elsewhere is looked at, and so is a customer who was not for a day.
 */
export async function lookAtCase(
  dependencies: ReconcileDependencies,
  key: Key,
  run: Run,
): Promise<void> {
  // The index follows the table after a moment: the case may have moved on.
  const dunningCase = await dependencies.records.caseAt(key);
  if (dunningCase === null) return;
  const { customer, invoice, progress } = dunningCase;
  if (progress.state === 'recovered' || progress.state === 'closed') return;
  const { queues, metrics, clock, log } = dependencies;
  const isUnknown = hasUnknownOutcome(dunningCase, clock.now());
  if (isUnknown) {
    metrics.count('OutcomesUnknown');
    log.error('The outcome of an attempt is not known for an hour', { customer, invoice });
  }
  if (isUnknown || mayBeSettled(dunningCase, run, clock.now())) {
    await queues.sendRetry({ v: messageVersion, type: 'settle', customer, invoice });
  }
  await refreshMirror(dependencies, customer, run);
}

const hasUnknownOutcome = ({ openAttempt }: DunningCase, now: number): boolean =>
  openAttempt !== null && openAttempt.startedAt <= now - knownAfterMs;

/**
 * Whether Stripe does not list the invoice as open. What is older than the list, or was listed in
 * an earlier run, cannot be told by it: each such case has its hour of the day.
 */
function mayBeSettled(
  { invoice, createdAt }: DunningCase,
  { listed, listedFrom }: Run,
  now: number,
): boolean {
  if (listed?.has(invoice)) return false;
  if (listed !== null && createdAt >= listedFrom) return true;
  return fnv1a(invoice) % hoursADay === Math.floor(now / hourMs) % hoursADay;
}

async function refreshMirror(
  { records, queues, clock }: ReconcileDependencies,
  id: CustomerId,
  { customers }: Run,
): Promise<void> {
  if (customers.has(id)) return;
  customers.add(id);
  const customer = await records.customer(id);
  if (customer === null || !isMirrorStale(customer, clock.now())) return;
  await queues.sendRetry({ v: messageVersion, type: 'customer', customer: id });
}
