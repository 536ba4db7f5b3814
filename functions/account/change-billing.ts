import { problem } from '../api/problems.ts';
import {
  type BillingInfo,
  type BillingWish,
  isAsWished,
  isSameWish,
} from '../domain/customer/billing-info.ts';
import { type Customer, nextCustomer } from '../domain/customer/customer.ts';
import type { StripeRefusal } from '../domain/stripe/stripe-facts.ts';
import type { Problem } from '../runtime/problem.ts';
import { changedMeanwhile, noSuchCustomer, type Wish } from './change-customer.ts';
import type { AccountDependencies } from './dependencies.ts';
import { type BillingChange, concludeBillingChange } from './mirror-billing-info.ts';

/** What is shown after a change of billing info. */
export interface BillingView {
  /** The customer's, for the next change. */
  readonly version: number;
  readonly billing: BillingInfo;
}

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Changes billing info at Stripe first and in the mirror then. The wish is on record before
 * Stripe is asked: should this process die in between, the sweep's next one mirrors what came of
 * it. The same wish again goes on where the first one stopped, under the same key.
 * @param ask Makes the change at Stripe under the given key.
 * @throws where Stripe or the table did not answer.
 */
export async function changeBilling(
  dependencies: AccountDependencies,
  wish: Wish,
  wished: BillingWish,
  ask: (key: string) => Promise<object | string | StripeRefusal>,
): Promise<{ readonly view: BillingView } | { readonly problem: Problem }> {
  const begun = await begin(dependencies, wish, wished);
  if ('problem' in begun) return begun;
  if (begun.change === null) return { view: viewOf(begun.customer) };
  const { change } = begun;
  const { customer } = wish;
  const answer = await ask(`backstop-${customer}-billing-${change.change}`);
  if (isRefusal(answer)) {
    dependencies.log.warn('Stripe refused a change of billing info', {
      customer,
      wish: wished.wish,
      code: answer.code,
    });
    await concludeBillingChange(dependencies, customer, change, null);
    return { problem: refused(answer) };
  }
  const billing = await dependencies.stripe.billingInfo(customer);
  return { view: viewOf(await concludeBillingChange(dependencies, customer, change, billing)) };
}

/** Puts the wish on record. `change` is `null` where everything is as wished already. */
async function begin(
  { records, clock }: AccountDependencies,
  { customer: id, by, version }: Wish,
  wished: BillingWish,
): Promise<
  | { readonly customer: Customer; readonly change: BillingChange | null }
  | { readonly problem: Problem }
> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const customer = await records.customer(id);
    if (customer === null) return { problem: noSuchCustomer };
    const begun = customer.unfinished.find(
      (each): each is BillingChange =>
        each.kind === 'mirror_billing_info' && isSameWish(each.wish, wished),
    );
    if (begun !== undefined) return { customer, change: begun };
    if (isAsWished(customer.billing, wished)) return { customer, change: null };
    if (version !== null && customer.version !== version) return { problem: changedMeanwhile };
    const now = clock.now();
    const change: BillingChange = {
      kind: 'mirror_billing_info',
      wish: wished,
      change: customer.version + 1,
      by,
      at: now,
    };
    const changed = nextCustomer(customer, {}, [change], now);
    if (await records.saveCustomer(changed)) return { customer: changed, change };
  }
  return { problem: changedMeanwhile };
}

const viewOf = ({ version, billing }: Customer): BillingView => ({ version, billing });

const isRefusal = (answer: object | string): answer is StripeRefusal =>
  typeof answer === 'object' && 'refused' in answer;

/** Stripe's words are not passed on: they may quote what must not be logged. */
const refused = ({ code, param }: StripeRefusal): Problem =>
  problem(
    'refused-by-stripe',
    `Stripe refused it (${code}${param === null ? '' : ` for ${param}`}), and nothing was changed. Correct what you sent and send it again.`,
  );
