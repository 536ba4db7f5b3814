import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import { type ProblemName, problem } from '../api/problems.ts';
import type { ByHandDecision, ByHandRefusal, Doing } from '../domain/case/by-hand.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import { isoInstant } from '../domain/time.ts';
import { type CaseRecord, caseRecord } from './case-record.ts';
import type { StaffDependencies } from './dependencies.ts';

/** Which case, who does it, and why. */
export interface CaseWish<Reason extends string | null> {
  readonly customer: CustomerId;
  readonly invoice: InvoiceId;
  readonly caller: Staff;
  readonly reason: Reason;
}

type CaseDependencies = Pick<StaffDependencies, 'records' | 'queues' | 'clock'>;

/** How often a case is read anew when another writer came first. */
const mostTries = 5;

/**
 * Changes a case by hand in one conditional write, which owes its line in the history and in the
 * audit log; then asks for a look at the case. The same wish again changes nothing and asks again.
 * @param decide Pure; asked anew where another writer came first.
 */
export async function changeCase<Reason extends string | null>(
  dependencies: CaseDependencies,
  { customer, invoice, caller, reason }: CaseWish<Reason>,
  decide: (dunningCase: DunningCase, doing: Doing & { readonly reason: Reason }) => ByHandDecision,
): Promise<Answer> {
  const { records, clock } = dependencies;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.case(customer, invoice);
    if (stored === null) return refuse(noSuchCase);
    const doing = { arn: caller.arn, reason, now: clock.now() };
    const decision = decide(stored, doing);
    if (decision === 'as_wished') return lookedAt(dependencies, stored);
    if ('refused' in decision) return refuse(refusalOf(stored, decision.refused));
    if (!(await records.saveCase(decision.changed))) continue;
    // Owed as well: should this process die here, the next look at the case writes it.
    await records.addAudit(customer, decision.entry);
    return lookedAt(dependencies, decision.changed);
  }
  throw new Error(`The case of ${invoice} changed ${mostTries} times while it was read.`);
}

/** What is owed is done by the look; where a retry is wanted, it begins with it. */
async function lookedAt({ queues }: CaseDependencies, dunningCase: DunningCase): Promise<Answer> {
  const { customer, invoice, owed, retryWanted, retryServed } = dunningCase;
  if (owed.length > 0 || retryWanted > retryServed) {
    await queues.sendRetryNow({ v: messageVersion, type: 'pass', customer, invoice });
  }
  const body: CaseRecord = caseRecord(dunningCase);
  return { status: 200, body };
}

/** That there is no such case, for every route that names one. */
export const noSuchCase = problem(
  'not-found',
  'There is no case of this invoice for this customer. Find the customer by the invoice first.',
);

function refusalOf(dunningCase: DunningCase, refused: ByHandRefusal) {
  const { name, detail } = sayRefusal(dunningCase, refused);
  return problem(name, detail);
}

function sayRefusal(
  { progress, openAttempt, hold }: DunningCase,
  refused: ByHandRefusal,
): { readonly name: ProblemName; readonly detail: string } {
  switch (refused) {
    case 'ended': {
      const how = progress.state === 'closed' ? progress.reason.replaceAll('_', ' ') : 'paid';
      return { name: 'case-ended', detail: `Nothing is left to do about this invoice: ${how}.` };
    }
    case 'payment_under_way': {
      const since = openAttempt === null ? '' : ` since ${isoInstant(openAttempt.startedAt)}`;
      return {
        name: 'payment-under-way',
        detail: `A payment is under way${since} and may still complete. Look at the case again when it has ended.`,
      };
    }
    case 'held': {
      const why = hold === null ? '' : ` until ${isoInstant(hold.until)}: ${hold.reason}`;
      return { name: 'case-held', detail: `The invoice is held${why}. Release it first.` };
    }
    case 'being_handed_back':
      return {
        name: 'being-handed-back',
        detail:
          'The invoice is being handed back to Stripe, which then collects it. Look again later.',
      };
  }
}
