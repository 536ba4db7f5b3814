import { problem } from '../api/problems.ts';
import type { Actor, AuditEntry } from '../domain/audit.ts';
import { type Customer, nextCustomer, type Unfinished } from '../domain/customer/customer.ts';
import { type ConsentTelling, tellingsOf } from '../domain/customer/telling.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { Problem } from '../runtime/problem.ts';
import type { FinishDependencies } from './dependencies.ts';
import { entryIdOf } from './entry-id.ts';
import { finishChange } from './finish-change.ts';

/** What a change does to the customer, and what it has to do elsewhere. */
export interface CustomerChange {
  readonly change: Parameters<typeof nextCustomer>[1];
  /** In the order in which it is to be done. */
  readonly unfinished: readonly Unfinished[];
  readonly audit: readonly Omit<AuditEntry, 'id' | 'at' | 'by'>[];
  /** The consent that belongs to it, which is told with it; left out where there is none. */
  readonly consent?: ConsentTelling;
}

/** A change, why there is none, or that everything is already as it was wished. */
export type Decision = CustomerChange | { readonly problem: Problem } | 'as_wished';

export interface Wish {
  readonly customer: CustomerId;
  readonly by: Actor;
  /**
   * The version that the person saw: another one means that somebody changed something they did
   * not see. `null` where the change does not depend on what they saw.
   */
  readonly version: number | null;
}

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Changes a customer in one conditional write, then does what the change has to do elsewhere.
 * The same wish again finds everything as wished and changes nothing.
 * @param decide Pure; asked again with a newer customer where another writer came first. It is
 * given the version that the change will make, for keys of what is derived from it.
 * @param atStripe What is done at Stripe between the write and the rest of the work, under keys
 * that come from the version that the change made; the problem, where Stripe refuses it.
 * @throws where Stripe or the table did not answer: what was written is finished by the sweep.
 */
export async function changeCustomer(
  dependencies: FinishDependencies,
  { customer: id, by, version }: Wish,
  decide: (customer: Customer, change: number) => Decision,
  atStripe: (change: number) => Promise<Problem | null> = async () => null,
): Promise<{ readonly customer: Customer } | { readonly problem: Problem }> {
  const { records, clock } = dependencies;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.customer(id);
    if (stored === null) return { problem: noSuchCustomer };
    const decision = decide(stored, stored.version + 1);
    if (decision === 'as_wished') return { customer: await finishChange(dependencies, stored) };
    if (version !== null && stored.version !== version) return { problem: changedMeanwhile };
    if ('problem' in decision) return decision;
    const now = clock.now();
    const entries = decision.audit.map((entry, place): Unfinished => {
      const entryId = entryIdOf(stored.version + 1, place);
      return { kind: 'audit', entry: { ...entry, id: entryId, at: now, by } };
    });
    const tellings = tellingsOf(decision.audit, decision.consent ?? null).map(
      (telling): Unfinished => ({ kind: 'tell', telling, change: stored.version + 1, by, at: now }),
    );
    const unfinished = [...entries, ...decision.unfinished, ...tellings];
    const changed = nextCustomer(stored, decision.change, unfinished, now);
    if (!(await records.saveCustomer(changed))) continue;
    const refused = await atStripe(changed.version);
    const finished = await finishChange(dependencies, changed, changed.version);
    return refused === null ? { customer: finished } : { problem: refused };
  }
  return { problem: changedMeanwhile };
}

export const noSuchCustomer = problem('not-found', 'There is no such customer here.');
export const changedMeanwhile = problem(
  'changed-meanwhile',
  'Somebody else, or the same person in another tab, changed it meanwhile. Look at it again and repeat what is still wanted.',
);
