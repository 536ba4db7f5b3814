import { problem } from '../api/problems.ts';
import type { Customer } from '../domain/customer/customer.ts';
import {
  decideRemoval,
  otherMethods,
  type RemovalDecision,
} from '../domain/customer/decide-removal.ts';
import type { PaymentMethodId } from '../domain/ids.ts';
import type { Problem } from '../runtime/problem.ts';
import { changeCustomer, type Wish } from './change-customer.ts';
import { noSuchMethod } from './consent.ts';
import type { FinishDependencies } from './dependencies.ts';
import { mirrorFromStripe } from './mirror-customer.ts';
import { auditOfRoles } from './roles.ts';

/**
 * Takes a method away: out of the roles at once, then off the customer at Stripe.
 * @param replacement The method that is to be the primary then; `null` where none is named.
 */
export async function removeMethod(
  dependencies: FinishDependencies,
  wish: Wish,
  method: PaymentMethodId,
  replacement: PaymentMethodId | null,
): Promise<{ readonly customer: Customer } | { readonly problem: Problem }> {
  const { records, stripe, clock } = dependencies;
  const { customer: id } = wish;
  // What is left without it is for Stripe to say.
  const mirrored = await mirrorFromStripe(dependencies, id);
  const account = mirrored === null ? null : await records.account(id);
  if (account === null) return { problem: noSuchMethod };
  const { methods, cases } = account;
  const isLast = otherMethods(account.customer, methods, method).length === 0;
  const needs = isLast ? await stripe.needsMethod(id) : null;
  const removal = { method, replacement, methods, cases, isNeeded: needs !== null };
  return changeCustomer(dependencies, wish, (customer, change) => {
    const decision = decideRemoval(customer, { ...removal, now: clock.now() }, change);
    if (decision === 'as_wished') return decision;
    if ('refused' in decision) return { problem: whyRefused(decision, needs) };
    const roles = decision.change;
    const isRoleless = roles.primary === customer.primary && roles.secondary === customer.secondary;
    const removed = { about: method, from: null, to: null, reason: null };
    const audit = [{ what: 'method_removed' as const, ...removed }];
    return { ...decision, audit: isRoleless ? audit : [...audit, auditOfRoles(customer, roles)] };
  });
}

function whyRefused(
  refusal: Extract<RemovalDecision, { readonly refused: string }>,
  needs: 'subscription' | 'invoice' | null,
): Problem {
  switch (refusal.refused) {
    case 'no_such_method':
      return noSuchMethod;
    case 'no_such_replacement':
      return problem(
        'not-found',
        'The method that is to be the primary is none of the customer. Name another one.',
      );
    case 'in_use':
      return problem(
        'method-in-use',
        'A payment with this method is under way. Remove it once the payment has ended.',
      );
    case 'needed': {
      const what = needs === 'invoice' ? 'An invoice that is not paid yet' : 'A subscription';
      return problem(
        'method-needed',
        `${what} is paid with it, and there is no other method. Add another one first.`,
      );
    }
    case 'replacement_needed': {
      const { offered } = refusal;
      const how =
        offered === null
          ? 'Name the method that is to be the primary then.'
          : `Name the method that is to be the primary then; the backup ${offered} could be.`;
      return problem(
        'replacement-needed',
        `It is the primary. ${how}`,
        offered === null ? {} : { offered },
      );
    }
  }
}
