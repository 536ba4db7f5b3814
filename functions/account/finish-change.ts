import { type Customer, strikeOff, type Unfinished } from '../domain/customer/customer.ts';
import type { FinishDependencies } from './dependencies.ts';
import { finishMirror, finishPrimary, finishRemoval } from './finish-method-changes.ts';
import { liftBlock } from './lift-block.ts';
import { liftSuppression } from './lift-suppression.ts';
import { finishBillingChange } from './mirror-billing-info.ts';
import { finishTelling } from './tell.ts';
import { wakeCases } from './wake-cases.ts';

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Does what the last changes of a customer left to do in other places, in order, and strikes it
 * off. All of it may be done twice: by the process that made the change, and by the one that the
 * sweep sends after it. Stripe may answer one request with the same fault for a day, under its
 * key: that keeps back nothing but what must not come before it.
 * @param answered The change whose request to Stripe has its answer: what it did is there to see.
 * @returns The customer as it stands then.
 * @throws where Stripe or the table did not answer; the customer stays in the sweep's index.
 */
export async function finishChange(
  dependencies: FinishDependencies,
  customer: Customer,
  answered: number | null = null,
): Promise<Customer> {
  const done: Unfinished[] = [];
  const faults: unknown[] = [];
  for (const unfinished of customer.unfinished) {
    if (unfinished.kind === 'wake_cases' && waitsForMirror(customer, unfinished, done)) continue;
    // Stripe charges the old primary until it has the new one: a method goes after that only.
    if (unfinished.kind === 'remove_method' && faults.length > 0) continue;
    try {
      if (await finish(dependencies, customer, unfinished, answered)) done.push(unfinished);
    } catch (error) {
      faults.push(error);
    }
  }
  const struck = await strike(dependencies, customer, done);
  if (faults.length > 0) throw faults[0];
  return struck;
}

/** Strikes off what is done, from the customer as it stands by then. */
async function strike(
  { records }: FinishDependencies,
  customer: Customer,
  done: readonly Unfinished[],
): Promise<Customer> {
  let current: Customer | null = customer;
  for (let tries = 0; tries < mostTries && current !== null && done.length > 0; tries += 1) {
    const struck = strikeOff(current, done);
    if (struck.unfinished.length === current.unfinished.length) return current;
    if (await records.saveCustomer(struck)) return struck;
    current = await records.customer(customer.customer);
  }
  return current ?? customer;
}

/** Whether a method is worth a try is known once its change at Stripe is. */
const waitsForMirror = (
  { unfinished }: Customer,
  { change }: Extract<Unfinished, { readonly kind: 'wake_cases' }>,
  done: readonly Unfinished[],
): boolean =>
  unfinished.some(
    (each) => each.kind === 'mirror_method' && each.change === change && !done.includes(each),
  );

/** False where it cannot be done yet. */
async function finish(
  dependencies: FinishDependencies,
  { customer }: Customer,
  unfinished: Unfinished,
  answered: number | null,
): Promise<boolean> {
  const { records } = dependencies;
  switch (unfinished.kind) {
    case 'audit':
      await records.addAudit(customer, unfinished.entry);
      return true;
    case 'tell':
      await finishTelling(dependencies, customer, unfinished);
      return true;
    case 'mirror_billing_info':
      return finishBillingChange(dependencies, customer, unfinished);
    case 'lift_block':
      await liftBlock(dependencies, customer, unfinished);
      return true;
    case 'lift_suppression':
      await liftSuppression(records, unfinished);
      return true;
    case 'set_primary':
      return finishPrimary(dependencies, customer, unfinished);
    case 'remove_method':
      return finishRemoval(dependencies, customer, unfinished);
    case 'mirror_method':
      return finishMirror(dependencies, customer, unfinished, unfinished.change === answered);
    case 'wake_cases':
      return wakeCases(dependencies, customer, unfinished);
  }
}
