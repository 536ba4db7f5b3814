import { renewNow } from '../../../../local/stripe/engine/local-operations/subscriptions.ts';
import type { World } from '../world.ts';
import { post } from './business.ts';
import { isCard, setAnswers } from './card-answers.ts';
import { anyCustomer, anySubscription, isDeleted, methodsOf, primaryOf } from './find.ts';
import type { Act } from './happen.ts';
import { addMethod, subscribe } from './set-up.ts';

const day = 24 * 3_600_000;

function renew(world: World): boolean {
  const subscription = anySubscription(world);
  if (subscription === undefined) return false;
  world.stripe.change(`${subscription.id} is renewed`, (state, now) =>
    renewNow(state, subscription.id, now),
  );
  return true;
}

/** Time passes until Stripe's own clock renews what is due. */
function passMonth(world: World): boolean {
  world.quietUntil = world.agenda.now + world.random.between(20, 33) * day;
  return true;
}

function addSubscription(world: World): boolean {
  const known = anyCustomer(world);
  const primary = primaryOf(world, known);
  if (isDeleted(world, known) || !methodsOf(world, known).some(({ id }) => id === primary)) {
    return false;
  }
  subscribe(world, known, primary);
  return true;
}

/** A sign-up whose first payment fails: never to be charged to a backup. */
function failSignUp(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  const card = addMethod(world, known);
  if (isCard(world, card)) setAnswers(world, card, ['generic_decline', 'succeeded']);
  subscribe(world, known, card);
  return true;
}

/** An invoice that somebody writes by hand: none of ours. */
function writeInvoice(world: World): boolean {
  const known = anyCustomer(world);
  if (isDeleted(world, known)) return false;
  const { customer, currency } = known;
  const amount = String(world.random.between(100, 900));
  post(world, '/v1/invoiceitems', { customer, amount, currency });
  post(world, '/v1/invoices', { customer, auto_advance: 'true', currency });
  return true;
}

export const renewals = {
  renewal: renew,
  monthly_renewals: passMonth,
  second_subscription: addSubscription,
  failing_sign_up: failSignUp,
  one_off_invoice: writeInvoice,
} satisfies Record<string, Act>;
