import { problem } from '../api/problems.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import type { SetupRole } from '../domain/customer/decide-set-up.ts';
import { offeredMethodTypes } from '../domain/customer/offered-method-types.ts';
import type { Consent } from '../domain/customer/payment-method.ts';
import type { CustomerId, InvoiceId, SetupIntentId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { RateLimit } from '../domain/sign-in/rate.ts';
import type { SetupIntentFacts } from '../domain/stripe/stripe-methods.ts';
import { dayMs, hourMs, type Instant } from '../domain/time.ts';
import { hashAddress } from '../runtime/hash.ts';
import type { Problem } from '../runtime/problem.ts';
import { takeFromRate } from '../runtime/take-from-rate.ts';
import type { AccountDependencies } from './dependencies.ts';
import { ensureCustomer } from './ensure-customer.ts';
import { isOpen } from './open-case-view.ts';
import { isOpenFor, marksOf } from './setup-marks.ts';

/** A method is to be added. */
export interface SetUpWish {
  readonly customer: CustomerId;
  readonly role: SetupRole;
  /** Given now, for the backup. */
  readonly consent: Extract<Consent, { readonly source: 'portal' }> | null;
  /** The id of the session, or the ARN of the staff, for whom it is. */
  readonly madeFor: string;
}

/** With this the page shows Stripe's fields. */
export interface SetupView {
  readonly setupIntent: SetupIntentId;
  readonly clientSecret: string;
  readonly role: SetupRole;
  /** What will be tried with the method once it is confirmed; nothing else is charged. */
  readonly willTry: readonly {
    readonly invoice: InvoiceId;
    readonly number: string | null;
    readonly amountDue: Money | null;
  }[];
}

/** Against the testing of stolen cards: each SetupIntent asks a bank about a card. */
const perSession: RateLimit = { times: 10, withinMs: hourMs };
const perCustomer: RateLimit = { times: 20, withinMs: dayMs };

/**
 * Makes a SetupIntent for a method of the customer. The same wish again answers the one that is
 * open still, and so do two at once: the key comes from what it is for and from the newest one
 * before it.
 */
export async function startSetUp(
  dependencies: AccountDependencies,
  wish: SetUpWish,
): Promise<SetupView | { readonly problem: Problem }> {
  const { stripe, settings } = dependencies;
  const { customer, role, consent, madeFor } = wish;
  const known = await ensureCustomer(dependencies, customer);
  if (known === null) return { problem: noSuchCustomer };
  const country = known.billing.address?.country ?? null;
  const marks = marksOf(role, hashAddress(madeFor), consent);
  const before = await stripe.setupIntentsOf(customer);
  const open = before.find((each) => isOpenFor(each, marks));
  if (open !== undefined) return viewSetup(dependencies, wish, open);
  const tooOften = await refuseTooOften(dependencies, wish);
  if (tooOften !== null) return { problem: tooOften };
  const allowedTypes = offeredMethodTypes(settings.portal.methodTypes, country);
  const order = { customer, allowedTypes, metadata: marks };
  const what = hashAddress(JSON.stringify([order, before[0]?.setupIntent ?? null]));
  const made = await stripe.createSetupIntent(order, `backstop-${customer}-setup-${what}`);
  if ('refused' in made) return { problem: stripeRefused(made.code) };
  return viewSetup(dependencies, wish, made);
}

async function refuseTooOften(
  dependencies: AccountDependencies,
  { customer, madeFor }: SetUpWish,
): Promise<Problem | null> {
  const ofSession = { what: 'setup_session', whom: madeFor };
  const ofCustomer = { what: 'setup_customer', whom: customer };
  const waitMs =
    (await takeFromRate(dependencies, ofSession, perSession)) ??
    (await takeFromRate(dependencies, ofCustomer, perCustomer));
  if (waitMs === null) return null;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  return problem(
    'too-many-requests',
    'Adding a payment method was begun too often lately. Wait a while, or ask the business for help.',
    { retryAfterSeconds },
  );
}

async function viewSetup(
  { records, settings, clock }: AccountDependencies,
  { customer, role }: SetUpWish,
  { setupIntent, clientSecret }: SetupIntentFacts,
): Promise<SetupView | { readonly problem: Problem }> {
  if (clientSecret === null) return { problem: stripeRefused('client_secret') };
  const triesNothing = settings.mode === 'observe';
  // Of a spare too: the card of a method with a role, with newer data, takes that role.
  const { cases } = triesNothing ? { cases: [] } : await records.cases(customer);
  const willTry = cases
    .filter((each) => isTriedWhenWoken(each, clock.now()))
    .map(({ invoice, shown, amountDue }) => ({
      invoice,
      number: shown?.number ?? null,
      amountDue,
    }));
  return { setupIntent, clientSecret, role, willTry };
}

/** A debit on its way, a hold and a hand-back to Stripe keep another method from being tried. */
const isTriedWhenWoken = (dunningCase: DunningCase, now: Instant): boolean =>
  isOpen(dunningCase) &&
  dunningCase.progress.state !== 'processing' &&
  dunningCase.handBackWanted === undefined &&
  (dunningCase.hold === null || dunningCase.hold.until <= now);

const noSuchCustomer = problem('not-found', 'There is no such customer here, nor at Stripe.');

const stripeRefused = (code: string): Problem =>
  problem(
    'refused-by-stripe',
    `Stripe did not begin it (${code}). Tell the business: its Stripe account may not take this kind of method.`,
  );
