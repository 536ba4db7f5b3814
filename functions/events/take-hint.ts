import { hintedCase } from '../domain/case/dunning-case.ts';
import type { CustomerId } from '../domain/ids.ts';
import { messageVersion, type RetryQueueMessage } from '../domain/messages.ts';
import type { Clock, Log, Metrics, Queues } from '../domain/ports.ts';
import type { Records } from '../runtime/records.ts';
import type { EventIds, Hint } from './interpret-event.ts';

export interface HintDependencies {
  readonly records: Pick<Records, 'addCase' | 'case' | 'customer'>;
  readonly queues: Pick<Queues, 'sendRetry'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Records what an event hints at and queues the look at it: at most one request to the table and
 * one message. Taken twice it does no harm, for whoever looks decides by what is there.
 */
export async function takeHint(
  dependencies: HintDependencies,
  ids: EventIds,
  hint: Hint,
): Promise<void> {
  const { log, metrics } = dependencies;
  switch (hint.hint) {
    case 'ignored':
      metrics.count('EventIgnored');
      log.info('Event ignored', { ...ids, why: hint.why });
      return;
    case 'failed':
      return takeFailure(dependencies, ids, hint);
    case 'overpaid':
      metrics.count('InvoiceOverpaid');
      log.error('Stripe reports an overpaid invoice', { ...ids, ...namesOf(hint) });
      return takeSettlement(dependencies, ids, hint);
    case 'settled':
      return takeSettlement(dependencies, ids, hint);
    case 'charge_failed':
      if (!(await isOurs(dependencies, ids, hint.customer))) return;
      return send(dependencies, ids, {
        v: messageVersion,
        type: 'charge',
        charge: hint.charge,
        about: 'failed',
      });
    case 'disputed':
    case 'warned':
      return send(dependencies, ids, {
        v: messageVersion,
        type: 'charge',
        charge: hint.charge,
        about: hint.hint === 'disputed' ? 'dispute' : 'warning',
      });
    case 'customer':
      if (!(await isOurs(dependencies, ids, hint.customer))) return;
      return send(dependencies, ids, {
        v: messageVersion,
        type: 'customer',
        customer: hint.customer,
        ...(hint.byNetwork !== undefined && { byNetwork: hint.byNetwork }),
      });
    case 'method':
      return send(dependencies, ids, { v: messageVersion, type: 'method', method: hint.method });
  }
}

type OfInvoice = Extract<Hint, { readonly hint: 'failed' | 'settled' | 'overpaid' }>;

const namesOf = ({ customer, invoice }: OfInvoice) => ({ customer, invoice });

async function takeFailure(
  { records, queues, clock, log }: HintDependencies,
  ids: EventIds,
  hint: OfInvoice,
): Promise<void> {
  const { customer, invoice } = hint;
  // A second delivery finds the case there and sends the message again: the case decides
  // whether a pass is due, so one message more starts nothing.
  const added = await records.addCase(hintedCase(customer, invoice, clock.now()));
  log.info(added ? 'Case recorded' : 'Case known', { ...ids, customer, invoice });
  await queues.sendRetry({ v: messageVersion, type: 'pass', customer, invoice });
}

async function takeSettlement(
  { records, queues, log }: HintDependencies,
  ids: EventIds,
  hint: OfInvoice,
): Promise<void> {
  const { customer, invoice } = hint;
  // Every healthy renewal says `invoice.paid`: without a case there is nothing to settle.
  if ((await records.case(customer, invoice)) === null) return;
  await queues.sendRetry({ v: messageVersion, type: 'settle', customer, invoice });
  log.info('Case may be settled', { ...ids, customer, invoice });
}

/** Whether the table knows the customer: of the others there is nothing to keep up to date. */
async function isOurs(
  { records, log, metrics }: HintDependencies,
  ids: EventIds,
  customer: CustomerId,
): Promise<boolean> {
  if ((await records.customer(customer)) !== null) return true;
  metrics.count('EventIgnored');
  log.info('Event ignored', { ...ids, why: 'unknown_customer' });
  return false;
}

async function send(
  { queues, log }: HintDependencies,
  ids: EventIds,
  message: RetryQueueMessage,
): Promise<void> {
  await queues.sendRetry(message);
  const { v: _, type: look, ...names } = message;
  log.info('A look is queued', { ...ids, look, ...names });
}
