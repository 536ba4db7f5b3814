import { changeMethodRecord } from '../account/method-records.ts';
import type { DunningCase, HistoryEvent, Owed } from '../domain/case/dunning-case.ts';
import { keepsPaused, withdrawEnd } from '../domain/case/end-of-dunning.ts';
import { findCloseReason } from '../domain/case/find-close-reason.ts';
import { noteOnMethod } from '../domain/customer/payment-method.ts';
import { messageVersion } from '../domain/messages.ts';
import type { RetryDependencies } from './dependencies.ts';

type Of<Kind extends Owed['kind']> = Extract<Owed, { readonly kind: Kind }>;

/**
 * Does what the case owes to other places. Each is done again without harm: a history entry is
 * written once under its number, an audit entry under its id, a notice is mailed once however
 * often it is queued, and Stripe keeps the keys of what it is asked for.
 * @returns What there is to tell of how it went.
 */
export async function performOwed(
  dependencies: RetryDependencies,
  dunningCase: DunningCase,
): Promise<readonly HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for (const owed of dunningCase.owed) {
    events.push(...(await perform(dependencies, dunningCase, owed)));
  }
  return events;
}

async function perform(
  dependencies: RetryDependencies,
  dunningCase: DunningCase,
  owed: Owed,
): Promise<readonly HistoryEvent[]> {
  const { records, queues, stripe } = dependencies;
  const { customer, invoice } = dunningCase;
  switch (owed.kind) {
    case 'history':
      await records.addHistory(customer, owed.entry);
      return [];
    case 'audit':
      await records.addAudit(customer, owed.entry);
      return [];
    case 'notice':
      await queues.sendNotice({ v: messageVersion, customer, invoice, notice: owed.notice });
      return [];
    case 'note_method':
      await changeMethodRecord({ records }, customer, owed.method, (method) =>
        noteOnMethod(method, owed.at, owed.refused),
      );
      return [];
    case 'hand_back': {
      const key = `backstop-${invoice}-hand-back-${dunningCase.version}`;
      await stripe.setAutoAdvance(invoice, true, key);
      return [];
    }
    case 'restore_default':
      return restoreDefault(dependencies, dunningCase, owed);
    case 'end_dunning':
      await endDunning(dependencies, dunningCase, owed);
      return [];
    case 'resume_subscription':
      await resume(dependencies, dunningCase, owed);
      return [];
  }
}

/** Not where somebody has chosen a primary since: that choice stands at Stripe, or soon will. */
async function restoreDefault(
  { records, stripe }: RetryDependencies,
  { customer, invoice }: DunningCase,
  { before, promoted, primarySetBy }: Of<'restore_default'>,
): Promise<readonly HistoryEvent[]> {
  const stored = await records.customer(customer);
  if (stored !== null && stored.primarySetBy !== primarySetBy) return [];
  const key = `backstop-${invoice}-restore-default`;
  const isRestored = await stripe.restoreDefault(before, promoted, key);
  if (!isRestored) return [];
  // Chosen while we asked: the choice may have reached Stripe before us, and is to stand.
  const chosen = await records.customer(customer);
  if (chosen?.primary && before.method !== null && chosen.primarySetBy !== primarySetBy) {
    const { subscription, method } = before;
    const again = `${key}-chosen-${chosen.primarySetBy}`;
    await stripe.restoreDefault({ subscription, method: chosen.primary }, method, again);
    return [];
  }
  return [{ kind: 'default_restored', before }];
}

/** Not while the end of dunning for another invoice keeps it paused: that one resumes it. */
async function resume(
  { records, stripe }: RetryDependencies,
  { customer, invoice }: DunningCase,
  { subscription }: Of<'resume_subscription'>,
): Promise<void> {
  const { cases } = await records.cases(customer);
  const others = cases.filter((each) => each.invoice !== invoice);
  if (others.some((each) => keepsPaused(each, subscription))) return;
  await stripe.resumeCollection(subscription, `backstop-${invoice}-resume`);
}

/**
 * The case whose end of dunning is not to be carried out after all; `null` where it is, or was
 * already by a process that died then: what Stripe has done is not taken back.
 */
export async function withdrawOwedEnd(
  { records, stripe, policy, clock }: RetryDependencies,
  dunningCase: DunningCase,
): Promise<DunningCase | null> {
  if (!dunningCase.owed.some(({ kind }) => kind === 'end_dunning')) return null;
  const customer = await records.customer(dunningCase.customer);
  const now = clock.now();
  const withdrawn = withdrawEnd(dunningCase, customer?.extension ?? null, policy, now);
  if (withdrawn === null) return null;
  const facts = await stripe.invoice(dunningCase.invoice);
  if (facts === null) return null;
  return findCloseReason(facts, policy, undefined) === null ? withdrawn : null;
}

/** The invoice may have been paid since it was decided, and then nothing is to end. */
async function endDunning(
  { stripe, log }: RetryDependencies,
  { customer, invoice }: DunningCase,
  { action, subscription }: Of<'end_dunning'>,
): Promise<void> {
  const facts = await stripe.invoice(invoice);
  if (facts?.status !== 'open' || facts.paymentProcessing) return;
  const key = `backstop-${invoice}-end-${action}`;
  const refused = await stripe.endDunning({ invoice, action, subscription }, key);
  // Done already, by somebody else or by us: what Stripe shows is what closes the case.
  if (refused !== null) log.warn('Stripe does not end it', { customer, invoice, action, refused });
}
