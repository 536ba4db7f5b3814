import { problem } from '../api/problems.ts';
import { isSameAddress } from '../domain/customer/billing-info.ts';
import type { Customer, Unfinished } from '../domain/customer/customer.ts';
import { isExpired } from '../domain/customer/method-health.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import type { PaymentMethodId } from '../domain/ids.ts';
import type { StripeRefusal } from '../domain/stripe/stripe-facts.ts';
import type { MethodChange } from '../domain/stripe/stripe-methods.ts';
import type { Problem } from '../runtime/problem.ts';
import { changeCustomer, type Wish } from './change-customer.ts';
import { noSuchMethod } from './consent.ts';
import type { FinishDependencies } from './dependencies.ts';
import { lookUpMethod } from './method-records.ts';

/**
 * Changes the expiry date or the billing address of a card that kept its number: at Stripe first,
 * then in the mirror, whose revision says from then on that older refusals were of other data.
 */
export async function changeMethod(
  dependencies: FinishDependencies,
  { customer: id, by }: Pick<Wish, 'customer' | 'by'>,
  method: PaymentMethodId,
  wanted: MethodChange,
): Promise<{ readonly customer: Customer } | { readonly problem: Problem }> {
  const { stripe, clock } = dependencies;
  const stored = await lookUpMethod(dependencies, id, method);
  if (stored === null) return { problem: noSuchMethod };
  if (stored.type !== 'card') return { problem: notACard };
  const { expMonth = stored.expMonth, expYear = stored.expYear } = wanted;
  const isOther = expMonth !== stored.expMonth || expYear !== stored.expYear;
  if (isOther && isExpired({ expMonth, expYear }, clock.now())) return { problem: isPast };
  const { revision, billing } = stored;
  const before = { revision, expMonth: stored.expMonth, expYear: stored.expYear, billing };
  const wish: Wish = { customer: id, by, version: null };
  return changeCustomer(
    dependencies,
    wish,
    (_customer, change) => {
      if (isAsWished(stored, wanted)) return 'as_wished';
      const unfinished: readonly Unfinished[] = [
        { kind: 'mirror_method', method, before, change, by, at: clock.now() },
        { kind: 'wake_cases', methods: [method], revision: stored.revision, change },
      ];
      return { change: {}, unfinished, audit: [] };
    },
    async (change) => {
      const key = `backstop-${id}-method-${change}`;
      const answer = await stripe.updateMethod(method, wanted, key);
      return 'refused' in answer ? whyRefused(answer) : null;
    },
  );
}

const isAsWished = ({ expMonth, expYear, billing }: PaymentMethod, wanted: MethodChange): boolean =>
  (wanted.expMonth ?? expMonth) === expMonth &&
  (wanted.expYear ?? expYear) === expYear &&
  (wanted.billing === undefined ||
    (wanted.billing.name === billing.name &&
      isSameAddress(wanted.billing.address, billing.address)));

const notACard = problem(
  'invalid-request',
  'Only a card has an expiry date and a billing address to change. Add a bank account anew instead.',
);

const isPast = problem(
  'invalid-request',
  'With this date the card would have expired. Send the one that is printed on the card now.',
  { errors: [{ path: 'body.expYear', message: 'must name a month that is not over.' }] },
);

const whyRefused = ({ code }: StripeRefusal): Problem =>
  problem(
    'refused-by-stripe',
    `Stripe did not take the change (${code}). Look at the dates and the address, and send what is right.`,
  );
