import {
  type CustomerAttempt,
  type DunningCase,
  hintedCase,
  type OwnAttempt,
} from '../../functions/domain/case/dunning-case.ts';
import { noBillingInfo } from '../../functions/domain/customer/billing-info.ts';
import type { Customer } from '../../functions/domain/customer/customer.ts';
import type { Consent, PaymentMethod } from '../../functions/domain/customer/payment-method.ts';
import {
  type CardLedger,
  emptyLedger,
  ledgerCard,
} from '../../functions/domain/decline/card-ledger.ts';
import type { DeclineCodes } from '../../functions/domain/decline/decline.ts';
import {
  chargeId,
  customerId,
  invoiceId,
  paymentMethodId,
  subscriptionId,
} from '../../functions/domain/ids.ts';
import type { Candidate, Situation } from '../../functions/domain/pass/situation.ts';
import type { Policy } from '../../functions/domain/policy.ts';
import type {
  ChargeFacts,
  InvoiceFacts,
  PaymentMethodFacts,
} from '../../functions/domain/stripe/stripe-facts.ts';
import { minuteMs } from '../../functions/domain/time.ts';
import { type Settings, settingsSchema } from '../../functions/environment.ts';
import { policyOf } from '../../functions/runtime/settings.ts';

// One failed renewal in parts: each builder gives a whole object, and a test names what it is about.

export const theCustomer = customerId('cus_ada');
export const theInvoice = invoiceId('in_1');
export const thePrimary = paymentMethodId('pm_primary');
export const theSecondary = paymentMethodId('pm_secondary');
/** Noon of a day in the year in which the tests were written; nothing depends on which. */
export const noon = Date.UTC(2026, 10, 2, 12);

export const agreed: Consent = {
  source: 'terms',
  version: '2026-01',
  at: noon - 1_000 * minuteMs,
};

/** The codes of a card decline with this decline code, as a 402 carries them. */
export const declined = (declineCode: string, more: Partial<DeclineCodes> = {}): DeclineCodes => ({
  code: 'card_declined',
  declineCode,
  adviceCode: null,
  networkAdviceCode: null,
  networkDeclineCode: null,
  ...more,
});

export const cardFacts = (more: Partial<PaymentMethodFacts> = {}): PaymentMethodFacts => ({
  method: thePrimary,
  customer: theCustomer,
  type: 'card',
  brand: 'visa',
  last4: '4242',
  expMonth: 12,
  expYear: 2030,
  wallet: null,
  fingerprint: `fp-${more.method ?? thePrimary}`,
  billing: { name: null, address: null },
  ...more,
});

export const cardMethod = (more: Partial<PaymentMethod> = {}): PaymentMethod => ({
  ...cardFacts({ ...(more.method === undefined ? {} : { method: more.method }) }),
  customer: theCustomer,
  revision: 1,
  changedAt: null,
  consent: null,
  refused: null,
  removedAt: null,
  brandBefore: null,
  suspended: null,
  reminder: null,
  version: 1,
  ...more,
});

export function candidate(
  more: Partial<PaymentMethod> = {},
  around: {
    ledger?: Partial<CardLedger>;
    attached?: boolean;
    mandate?: Candidate['mandate'];
  } = {},
): Candidate {
  const method = cardMethod(more);
  const ledger = { ...emptyLedger(ledgerCard(method)), ...around.ledger };
  return { method, ledger, attached: around.attached ?? true, mandate: around.mandate ?? null };
}

export const backup = (
  more: Partial<PaymentMethod> = {},
  around: Parameters<typeof candidate>[1] = {},
): Candidate =>
  candidate({ method: theSecondary, last4: '5556', consent: agreed, ...more }, around);

/** A failed try of the primary, ten minutes before noon, by Stripe. */
export const failedCharge = (
  declineCode: string,
  more: Partial<ChargeFacts> = {},
): ChargeFacts => ({
  charge: chargeId('ch_1'),
  method: thePrimary,
  status: 'failed',
  createdAt: noon - 10 * minuteMs,
  amount: { amount: 1050, currency: 'usd' },
  codes: declined(declineCode),
  brand: 'visa',
  expMonth: 12,
  expYear: 2030,
  fingerprint: null,
  ...more,
});

export const invoiceFactsOf = (more: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
  invoice: theInvoice,
  customer: theCustomer,
  status: 'open',
  amountDue: { amount: 1050, currency: 'usd' },
  billingReason: 'subscription_cycle',
  collectionMethod: 'charge_automatically',
  autoAdvance: false,
  number: 'ADA-0001',
  hostedInvoiceUrl: 'https://invoice.stripe.com/i/1?s=a&t=b',
  livemode: false,
  subscription: {
    subscription: subscriptionId('sub_1'),
    status: 'past_due',
    collectionPaused: false,
    fallback: null,
    defaultMethod: null,
    savesDefault: false,
  },
  primary: cardFacts(),
  holder: {
    customer: theCustomer,
    deleted: false,
    email: 'ada@example.com',
    name: 'Ada',
    locale: null,
    timeZone: null,
    place: null,
  },
  charges: [],
  paymentProcessing: false,
  ...more,
});

export const dunningCaseOf = (more: Partial<DunningCase> = {}): DunningCase => ({
  ...hintedCase(theCustomer, theInvoice, noon - minuteMs),
  ...more,
});

export const openAttemptOf = (more: Partial<OwnAttempt> = {}): OwnAttempt => ({
  n: 1,
  role: 'primary',
  method: thePrimary,
  revision: 1,
  key: 'backstop-in_1-1-pm_primary',
  startedAt: noon - 2 * minuteMs,
  sentAt: more.startedAt ?? noon - 2 * minuteMs,
  leaseUntil: noon - minuteMs,
  chargeBefore: null,
  request: 'maybe_sent',
  trace: [],
  ...more,
});

/** The customer pays in their page, since two minutes before noon. */
export const customerAttemptOf = (more: Partial<CustomerAttempt> = {}): CustomerAttempt => ({
  ...openAttemptOf(),
  initiator: 'customer',
  request: 'in_the_page',
  leaseUntil: noon + 13 * minuteMs,
  interrupted: { state: 'waiting', dueAt: noon + 60 * minuteMs },
  ...more,
});

export const situationOf = (more: Partial<Situation> = {}): Situation => ({
  dunningCase: dunningCaseOf(),
  facts: invoiceFactsOf(),
  primary: candidate(),
  secondary: backup(),
  primarySetBy: 0,
  policy: examplePolicy,
  charging: 'own',
  now: noon,
  ...more,
});

export const customerOf = (more: Partial<Customer> = {}): Customer => ({
  customer: theCustomer,
  primary: thePrimary,
  primarySetBy: 0,
  secondary: theSecondary,
  members: [{ email: 'ada@example.com', name: 'Ada', role: 'owner' }],
  locale: null,
  timeZone: null,
  billing: noBillingInfo,
  extension: null,
  setUp: [],
  mirroredAt: null,
  unfinished: [],
  finishBy: 0,
  version: 1,
  ...more,
});

/** Settings as the functions read them, with every default. */
export const exampleSettings: Settings = settingsSchema.parse({
  stripeMode: 'test',
  business: { name: 'Example Ltd', supportEmail: 'support@example.com' },
  mail: { sender: 'billing@example.com' },
});

/** The policy of these settings: every default, for a business in UTC. */
export const examplePolicy: Policy = policyOf(exampleSettings);
