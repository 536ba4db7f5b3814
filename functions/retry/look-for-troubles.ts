import { changeLedgerOf } from '../account/change-ledger.ts';
import { changeMethodRecord } from '../account/method-records.ts';
import type { DunningCase, HistoryEvent, Trouble } from '../domain/case/dunning-case.ts';
import {
  type FoundTrouble,
  isKnown,
  noteTrouble,
  standsAgainstMethod,
  troubleOfDispute,
  troubleOfWarning,
} from '../domain/case/note-trouble.ts';
import { blockCard } from '../domain/decline/card-ledger.ts';
import type { CustomerId } from '../domain/ids.ts';
import { type ChargeMessage, messageVersion } from '../domain/messages.ts';
import type { KnownCharge } from '../domain/stripe/stripe-troubles.ts';
import { ledgerKeyOf } from './card-of-charge.ts';
import type { LookDependencies } from './dependencies.ts';

/** How often a case is read anew when another writer came first. */
const mostTries = 10;

/**
 * What came after a payment, on the case that the payment belongs to: its method is charged no
 * more, and staff see the case until they have dealt with it. Payments of others are not ours.
 */
export async function lookForTroubles(
  dependencies: LookDependencies,
  charge: KnownCharge,
  about: Exclude<ChargeMessage['about'], 'failed'>,
): Promise<void> {
  const dunningCase = await findCase(dependencies, charge);
  if (dunningCase === null) return;
  for (const found of await findTroubles(dependencies, charge, about)) {
    await note(dependencies, dunningCase, charge, found);
  }
}

async function findTroubles(
  { stripe }: LookDependencies,
  charge: KnownCharge,
  about: Exclude<ChargeMessage['about'], 'failed'>,
): Promise<readonly FoundTrouble[]> {
  const id = charge.facts.charge;
  if (about === 'dispute') {
    return (await stripe.disputesOf(id)).map((dispute) => troubleOfDispute(charge, dispute));
  }
  return (await stripe.warningsOf(id)).map((warning) => troubleOfWarning(charge, warning));
}

/** The case whose invoice the charge paid; `null` where the invoice is none of ours. */
async function findCase(
  { records, stripe }: LookDependencies,
  { customer, paymentIntent }: KnownCharge,
): Promise<DunningCase | null> {
  if (customer === null || paymentIntent === null) return null;
  const invoice = await stripe.invoiceOf(paymentIntent);
  const found = invoice === null ? null : await records.case(customer, invoice);
  const progress = found?.progress;
  return progress?.state === 'closed' && progress.reason === 'not_ours' ? null : found;
}

/**
 * The method first and the case last: a death in between finds the case as it was, and does it all
 * again. Once the case knows of it nothing is blocked anew, for staff may have lifted it since.
 */
async function note(
  dependencies: LookDependencies,
  { customer, invoice }: DunningCase,
  charge: KnownCharge,
  found: FoundTrouble,
): Promise<void> {
  const { records, queues, clock, log } = dependencies;
  for (let tries = 0; tries < mostTries; tries += 1) {
    // The case before its history: what it still owes then stands in one of the two.
    const stored = await records.case(customer, invoice);
    if (stored === null) return;
    const history = [...(await records.history(customer, invoice)).map(eventOf), ...owedBy(stored)];
    const now = clock.now();
    const noted = noteTrouble(stored, history, found, now);
    if (noted === stored) return;
    if (!isKnown(history, found.trouble) && standsAgainstMethod(found.trouble)) {
      await suspend(dependencies, customer, charge, found.trouble);
    }
    if (!(await records.saveCase(noted))) continue;
    const { source, kind } = found.trouble;
    log.warn('A payment is asked back, or may be', { customer, invoice, source, kind });
    // The case owes its lines in the history: a look writes them.
    await queues.sendRetry({ v: messageVersion, type: 'pass', customer, invoice });
    return;
  }
  throw new Error(`The case of ${invoice} changed ${mostTries} times meanwhile.`);
}

const eventOf = ({ event }: { readonly event: HistoryEvent }): HistoryEvent => event;

const owedBy = ({ owed }: DunningCase): readonly HistoryEvent[] =>
  owed.flatMap((each) => (each.kind === 'history' ? [each.entry.event] : []));

/** Nothing is charged to the card any more, nor to this method by the consent it has. */
async function suspend(
  dependencies: LookDependencies,
  customer: CustomerId,
  { facts }: KnownCharge,
  { source, kind: why }: Trouble,
): Promise<void> {
  const { records, clock } = dependencies;
  if (facts.method === null) return;
  const at = clock.now();
  const method = await records.method(customer, facts.method);
  const { expMonth, expYear } = facts;
  const charged = { method: facts.method, revision: method?.revision ?? 0, expMonth, expYear };
  const kind = why === 'reversal' ? 'dispute' : why;
  await changeLedgerOf(dependencies, ledgerKeyOf(facts, method), (ledger) =>
    blockCard(ledger, kind, charged, { source, at }),
  );
  await changeMethodRecord(dependencies, customer, facts.method, (stored) =>
    stored.suspended === null ? { ...stored, suspended: { why, source, at } } : stored,
  );
}
