import * as z from 'zod/mini';
import { type Answer, refuse } from '../api/answer.ts';
import { paymentMethodIdText } from '../api/input.ts';
import { claimCustomerAttempt } from '../domain/attempt/claim-customer-attempt.ts';
import { refuseMethod, refusePayment, refusePaymentOf } from '../domain/attempt/refuse-payment.ts';
import type { Actor } from '../domain/audit.ts';
import type { AttemptRole, CustomerAttempt, DunningCase } from '../domain/case/dunning-case.ts';
import { chargingAllowed } from '../domain/charging-switch.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { ledgerCard } from '../domain/decline/card-ledger.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { InvoiceFacts } from '../domain/stripe/stripe-facts.ts';
import { hourMs, isoInstant, secondMs } from '../domain/time.ts';
import type { Problem } from '../runtime/problem.ts';
import { policyOf } from '../runtime/settings.ts';
import { takeFromRate } from '../runtime/take-from-rate.ts';
import type { AccountDependencies } from './dependencies.ts';
import { lookAtCase } from './look-at-case.ts';
import {
  changedTooOften,
  noSecret,
  noSuchCase,
  noSuchMethod,
  sayMethodRefusal,
  sayPaymentRefusal,
  tooManyPayments,
} from './say-payment-refusal.ts';
import { seeOwnEnd } from './see-own-end.ts';
import { takeOver } from './take-over.ts';

/** Which of the customer's methods the page is going to charge; the primary where it is left out. */
export const payNowSchema = z.strictObject({ method: z.optional(paymentMethodIdText) });

/** With what the page goes on: it confirms the payment with Stripe, under this secret. */
export interface PaymentStart {
  /** Of the invoice's PaymentIntent; nobody but the page may see it. */
  readonly clientSecret: string;
  readonly invoice: InvoiceId;
  /** The attempt's number in the case. */
  readonly attempt: number;
  readonly method: PaymentMethodId;
  readonly amountDue: Money;
  /** Until then nothing else is charged for the invoice. */
  readonly holdsUntil: string;
}

export interface PaymentWish {
  readonly customer: Customer;
  readonly invoice: InvoiceId;
  readonly method: PaymentMethodId | undefined;
  readonly by: Actor;
}

/** Enough for every honest try, and too few to test stolen cards with. */
const rateLimit = { times: 10, withinMs: hourMs };
/** How often the case is read anew when another writer came first. */
const mostTries = 5;

/**
 * Begins a payment in the customer's page. The attempt is on record before the page gets the
 * secret, and the secret is fetched before the attempt is claimed: nothing can fail in between,
 * so that no case is frozen for a page that has nothing to confirm. The same again, while the
 * attempt is open, gives the same secret.
 */
export async function payNow(
  dependencies: AccountDependencies,
  wish: PaymentWish,
): Promise<Answer> {
  const whom = wish.customer.customer;
  const waitMs = await takeFromRate(dependencies, { what: 'pay_now', whom }, rateLimit);
  if (waitMs !== null) return refuse(tooManyPayments(Math.ceil(waitMs / secondMs)));
  for (let tries = 0; tries < mostTries; tries += 1) {
    const answer = await tryToBegin(dependencies, wish);
    if (answer !== 'again') return answer;
  }
  return refuse(changedTooOften);
}

/** `again` where the case has changed meanwhile, by us or by another writer. */
async function tryToBegin(
  dependencies: AccountDependencies,
  wish: PaymentWish,
): Promise<Answer | 'again'> {
  const { records, stripe, settings, clock } = dependencies;
  const { invoice } = wish;
  const { customer } = wish.customer;
  const dunningCase = await records.case(customer, invoice);
  if (dunningCase === null) return refuse(noSuchCase);
  const charging = chargingAllowed(settings.mode, await records.chargingSwitch());
  const standing = refusePayment(dunningCase, charging, clock.now());
  if (standing !== null && 'refused' in standing) {
    // What has ended in the page or at the bank is found out now, not at the next due time.
    if (standing.refused === 'under_way') await lookAtCase(dependencies, customer, invoice);
    return refuse(sayPaymentRefusal(standing));
  }
  const shown = await stripe.invoice(invoice);
  if (shown === null) return refuse(noSuchCase);
  const facts = await seeOwnEnd(records, customer, shown);
  const refusal = refusePaymentOf(dunningCase, facts, policyOf(settings));
  if (refusal !== null) {
    await lookAtCase(dependencies, customer, invoice);
    return refuse(sayPaymentRefusal(refusal));
  }
  const chosen = await choose(dependencies, wish, facts);
  if ('problem' in chosen) return chosen;
  const clientSecret = await stripe.confirmationSecret(invoice);
  if (clientSecret === null) return refuse(noSecret);
  if (standing !== null) return started(clientSecret, invoice, standing.attempt, facts);
  if (facts.autoAdvance) {
    // As a pass does it: Stripe's own retries must not charge while the customer pays.
    await takeOver(dependencies, dunningCase, facts);
    return 'again';
  }
  return claim(dependencies, wish, { dunningCase, facts, ...chosen, clientSecret });
}

/** The method to charge, if nothing stands against its card. */
async function choose(
  { records, clock }: AccountDependencies,
  { customer, method: wanted }: PaymentWish,
  facts: InvoiceFacts,
): Promise<
  { readonly method: PaymentMethod; readonly role: AttemptRole } | { readonly problem: Problem }
> {
  const primary = customer.primary ?? facts.primary?.method ?? null;
  const id = wanted ?? primary;
  const method = id === null ? null : await records.method(customer.customer, id);
  if (method === null) return refuse(noSuchMethod);
  const ledger = await records.ledger(ledgerCard(method));
  const refusal = refuseMethod(method, ledger, facts, clock.now());
  if (refusal !== null) return refuse(sayMethodRefusal(refusal));
  const role = method.method === primary ? 'primary' : 'spare';
  return { method, role: method.method === customer.secondary ? 'secondary' : role };
}

async function claim(
  { records, clock, log }: AccountDependencies,
  { customer: { customer, primary, primarySetBy, unfinished }, invoice, by }: PaymentWish,
  begun: {
    readonly dunningCase: DunningCase;
    readonly facts: InvoiceFacts;
    readonly method: PaymentMethod;
    readonly role: AttemptRole;
    readonly clientSecret: string;
  },
): Promise<Answer | 'again'> {
  const isSet = unfinished.some(({ kind }) => kind === 'set_primary');
  const { claimed, entry } = claimCustomerAttempt({
    ...begun,
    primary: isSet ? primary : (begun.facts.primary?.method ?? null),
    primarySetBy,
    by,
    now: clock.now(),
  });
  if (!(await records.saveCase(claimed))) return 'again';
  const { openAttempt } = claimed;
  log.info('The customer pays in their page', { customer, invoice, attempt: openAttempt.n });
  // Owed as well: should this process die here, the next look at the case writes it.
  await records.addAudit(customer, entry);
  return started(begun.clientSecret, invoice, openAttempt, begun.facts);
}

function started(
  clientSecret: string,
  invoice: InvoiceId,
  attempt: CustomerAttempt,
  { amountDue }: InvoiceFacts,
): Answer {
  const { n, method, leaseUntil } = attempt;
  const holdsUntil = isoInstant(leaseUntil);
  const body: PaymentStart = { clientSecret, invoice, attempt: n, method, amountDue, holdsUntil };
  return { status: 200, body };
}

/** Enough for a page that waits, and too few to keep Stripe busy with. */
const lookLimit = { times: 30, withinMs: hourMs };

/**
 * The page has finished, or waits for a debit: what became of it is read from Stripe, whatever
 * the page believes.
 */
export async function lookNow(
  dependencies: AccountDependencies,
  customer: CustomerId,
  invoice: InvoiceId,
): Promise<Answer> {
  const limited = { what: 'look_at_case', whom: customer };
  const waitMs = await takeFromRate(dependencies, limited, lookLimit);
  if (waitMs !== null) return refuse(tooManyPayments(Math.ceil(waitMs / secondMs)));
  if ((await dependencies.records.case(customer, invoice)) === null) return refuse(noSuchCase);
  await lookAtCase(dependencies, customer, invoice);
  return { status: 202, body: { invoice } };
}
