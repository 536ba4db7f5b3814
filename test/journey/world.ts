import type Stripe from 'stripe';
import { inject } from 'vitest';
import { setSecondary } from '../../functions/account/roles.ts';
import type {
  DunningCase,
  HistoryEntry,
  HistoryEvent,
} from '../../functions/domain/case/dunning-case.ts';
import type { Consent } from '../../functions/domain/customer/payment-method.ts';
import {
  type CustomerId,
  customerId,
  invoiceId,
  type PaymentMethodId,
  paymentMethodId,
} from '../../functions/domain/ids.ts';
import type { StripeAccount } from '../../functions/domain/stripe/stripe-account.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import type { LocalMail } from '../../local/cloud/records.ts';
import { connectAccount, connectStripe } from '../../local/start/connect-stripe.ts';
import {
  type LocalStack,
  type LocalStackOptions,
  startLocalStack,
} from '../../local/start/local-stack.ts';
import { connectOperator, type Operator, operatorAccess } from '../../local/start/operator.ts';
import type { CardOutcome } from '../../local/stripe/engine/published/declines.ts';
import type { LocalStripe } from '../../local/stripe/server.ts';
import { recordTelemetry } from '../twins/recorded-telemetry.ts';

/** A customer of a test, with the ids that it asks about. */
export interface TestCustomer {
  readonly customer: string;
  readonly email: string;
  readonly primary: string;
  readonly secondary: string | null;
  readonly subscription: string;
}

export interface Wishes {
  /** What the primary answers from the renewal on, Stripe's own try first. */
  readonly primary: readonly CardOutcome[];
  /** What the backup answers; `null` for a customer without one. */
  readonly secondary: readonly CardOutcome[] | null;
  /** @default given by staff */
  readonly consent?: Consent | null;
  /** The primary; one card is one card whoever has it, so a test that blocks it takes its own. */
  readonly card?: 'pm_card_mastercard' | 'pm_card_amex' | 'pm_card_discover' | 'pm_card_jcb';
  readonly currency?: string;
  /** Whether Mastercard's network may ask to wait, as it does after some declines. */
  readonly asksToWait?: boolean;
  /** Minor units. A card network counts tries per amount: each customer pays another one. */
  readonly amount?: number;
}

/** The whole local stack, and what a test does with it. */
export interface World {
  readonly stack: LocalStack;
  readonly stripe: LocalStripe;
  readonly sdk: Stripe;
  readonly operator: Operator;
  customer(wishes: Wishes): Promise<TestCustomer>;
  /** Stripe renews the subscription now. @returns the invoice's id. */
  renew(customer: TestCustomer): string;
  /** Lets everything happen that happens by now. */
  settle(): Promise<void>;
  /** Moves the clock and lets everything happen. */
  later(milliseconds: number): Promise<void>;
  /** Moves the clock to a minute after that time, and lets everything happen. */
  until(time: number): Promise<void>;
  case(customer: TestCustomer, invoice: string): Promise<DunningCase>;
  history(customer: TestCustomer, invoice: string): Promise<readonly HistoryEntry[]>;
  mails(customer: TestCustomer): readonly LocalMail[];
  /** Charges for the invoice at Stripe, oldest first, as `method status`. */
  charges(invoice: string): Promise<readonly Stripe.Charge[]>;
  stop(): Promise<void>;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** 15:00 UTC. */
const beginning = 15 * hour;

const consentByStaff: Consent = { source: 'staff', name: 'Test', evidence: 'a test', at: 0 };
let customers = 0;

export async function openWorld(
  options: Partial<Pick<LocalStackOptions, 'assemblyDirectory' | 'data' | 'enabledEvents'>> = {},
): Promise<World> {
  const stack = await startLocalStack({
    assemblyDirectory: inject('assembly'),
    port: 0,
    ...options,
  });
  const { stripe, cloud, clock } = stack;
  // Retries have a time of day: whenever the tests run, their day begins at the same hour.
  clock.advance(beginning - (clock.now() % day) + (clock.now() % day > beginning ? day : 0));
  if (stripe === undefined) throw new Error('A world has a local Stripe.');
  const sdk = connectStripe(stack.apiKey, stripe.url);
  const operator = connectOperator(operatorAccess(cloud));
  const { records } = operator;
  const settle = () => stack.idle();
  return {
    stack,
    stripe,
    sdk,
    operator,
    settle,
    customer: (wishes) => createCustomer({ sdk, stripe, operator, apiKey: stack.apiKey }, wishes),
    renew: ({ subscription }) => stripe.control.renewNow(subscription).id,
    async later(milliseconds) {
      clock.advance(milliseconds);
      await settle();
    },
    async until(time) {
      clock.advance(Math.max(0, time + minute - clock.now()));
      await settle();
      // The sweep spreads what it queues over its minute, at so many a second.
      clock.advance(5_000);
      await settle();
    },
    async case({ customer }, invoice) {
      const found = await records.case(customerId(customer), invoiceId(invoice));
      if (found === null) throw new Error(`There is no case of ${invoice}.`);
      return found;
    },
    history: ({ customer }, invoice) => records.history(customerId(customer), invoiceId(invoice)),
    mails: ({ email }) => cloud.mails().filter(({ to }) => to.includes(email)),
    async charges(invoice) {
      const intents = await intentsOf(sdk, invoice);
      return stripe.control
        .charges()
        .filter(({ payment_intent }) => intents.includes(String(payment_intent)));
    },
    async stop() {
      operator.close();
      await stack.stop();
    },
  };
}

async function intentsOf(sdk: Stripe, invoice: string): Promise<readonly string[]> {
  const { data } = await sdk.invoicePayments.list({ invoice });
  return data.map(({ payment }) => String(payment.payment_intent));
}

async function createCustomer(
  {
    sdk,
    stripe,
    operator,
    apiKey,
  }: { sdk: Stripe; stripe: LocalStripe; operator: Operator; apiKey: string },
  {
    primary,
    secondary,
    consent = consentByStaff,
    card,
    currency = 'usd',
    amount,
    asksToWait,
  }: Wishes,
): Promise<TestCustomer> {
  customers += 1;
  const email = `customer-${customers}@test.example`;
  const { id: customer } = await sdk.customers.create({ email, name: `Customer ${customers}` });
  const first = await sdk.paymentMethods.attach(card ?? 'pm_card_mastercard', { customer });
  const price = await sdk.prices.create({
    product: (await sdk.products.create({ name: 'Alerts' })).id,
    currency,
    unit_amount: amount ?? 4900 + customers,
    recurring: { interval: 'month' },
  });
  const subscription = await sdk.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    default_payment_method: first.id,
  });
  stripe.control.setCardOutcomes(first.id, primary);
  // The tests of one world share their cards: where the network asks one to wait, all would.
  if (asksToWait !== true) stripe.control.setMerchantAdvice(first.id, '02');
  const made = { customer, email, primary: first.id, subscription: subscription.id };
  if (secondary === null) return { ...made, secondary: null };
  const second = await sdk.paymentMethods.attach('pm_card_mastercard_debit', { customer });
  stripe.control.setCardOutcomes(second.id, secondary);
  if (asksToWait !== true) stripe.control.setMerchantAdvice(second.id, '02');
  await assignBackup(operator, connectAccount(apiKey, stripe.url), {
    customer: customerId(customer),
    method: paymentMethodId(second.id),
    consent,
  });
  return { ...made, secondary: second.id };
}

/** With `consent: null`: it was withdrawn, and the process died before the role was given up. */
async function assignBackup(
  { records, queues: { sendRetryNow } }: Operator,
  stripe: StripeAccount,
  wish: { customer: CustomerId; method: PaymentMethodId; consent: Consent | null },
): Promise<void> {
  const { customer, method } = wish;
  const { log } = recordTelemetry();
  // Nobody is told of what was there before the test began.
  const queues = { sendRetryNow, sendNotice: async () => undefined };
  const assigned = await setSecondary(
    { records, queues, stripe, clock: systemClock, log },
    { customer, by: { kind: 'staff', arn: 'test' } },
    { secondary: method, consent: wish.consent ?? consentByStaff },
  );
  if ('problem' in assigned) throw new Error(assigned.problem.detail);
  if (wish.consent !== null) return;
  const stored = await records.method(customer, method);
  if (stored === null) throw new Error(`${method} is not on record.`);
  await records.saveMethod({ ...stored, consent: null, version: stored.version + 1 });
}

/** The card is good through the month that it is: a reminder of it is due within two days. */
export async function expireThisMonth({ sdk, stack }: World, method: string): Promise<void> {
  const now = new Date(stack.clock.now());
  await sdk.paymentMethods.update(method, {
    card: { exp_month: now.getUTCMonth() + 1, exp_year: now.getUTCFullYear() },
  });
}

/** The attempts of a history as `role outcome`, in order. */
export const attemptsOf = (history: readonly HistoryEntry[]): readonly string[] =>
  history.flatMap(({ event }) =>
    event.kind === 'attempt' ? [`${event.role} ${outcomeOf(event)}`] : [],
  );

const outcomeOf = ({ outcome }: Extract<HistoryEvent, { kind: 'attempt' }>): string =>
  outcome.kind === 'declined' ? `declined ${outcome.codes.declineCode}` : outcome.kind;
