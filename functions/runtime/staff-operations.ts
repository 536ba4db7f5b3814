import { wantRetry } from '../domain/advance-case.ts';
import type { ChargingSwitch } from '../domain/charging-switch.ts';
import { recordCustomer } from '../domain/customer.ts';
import type { CustomerId, InvoiceId, PaymentMethodId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import { type Consent, recordPaymentMethod } from '../domain/payment-method.ts';
import type { CustomerDirectory, Queues, StripeGateway } from '../domain/ports.ts';
import type { PaymentMethodFacts } from '../domain/stripe-facts.ts';
import type { Records } from './records.ts';

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

export type RetryRequest = 'queued' | 'no_case' | 'settled';

/**
 * A person wants this invoice tried again now. The wish stands on the case before the message
 * is sent: a pass that is under way serves it, and the sweep finds it should the message be lost.
 */
export async function requestRetry(
  { records, queues }: { records: Records; queues: Pick<Queues, 'sendRetryNow'> },
  customer: CustomerId,
  invoice: InvoiceId,
): Promise<RetryRequest> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const dunningCase = await records.case(customer, invoice);
    if (dunningCase === null) return 'no_case';
    const { state } = dunningCase.progress;
    if (state === 'recovered' || state === 'closed') return 'settled';
    if (!(await records.saveCase(wantRetry(dunningCase)))) continue;
    await queues.sendRetryNow({ v: messageVersion, type: 'pass', customer, invoice });
    return 'queued';
  }
  throw new Error(`The case of ${invoice} changed ${mostTries} times while it was read.`);
}

export type SecondaryAssignment = 'assigned' | 'no_such_customer' | 'no_such_method' | 'not_theirs';

/**
 * Makes a payment method that the customer has at Stripe their backup. The consent is on record
 * before the role: a backup without one is never charged.
 */
export async function assignSecondary(
  records: Records,
  stripe: Pick<StripeGateway, 'paymentMethod'> & CustomerDirectory,
  customer: CustomerId,
  method: PaymentMethodId,
  consent: Consent | null,
): Promise<SecondaryAssignment> {
  const facts = await stripe.paymentMethod(method);
  if (facts === null) return 'no_such_method';
  if (facts.customer !== customer) return 'not_theirs';
  if (!(await ensureCustomer(records, stripe, customer))) return 'no_such_customer';
  await saveConsent(records, customer, facts, consent);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.customer(customer);
    if (stored === null) return 'no_such_customer';
    const changed = { ...stored, secondary: method, version: stored.version + 1 };
    if (await records.saveCustomer(changed)) return 'assigned';
  }
  throw new Error(`Customer ${customer} changed ${mostTries} times while it was read.`);
}

async function ensureCustomer(
  records: Records,
  directory: CustomerDirectory,
  customer: CustomerId,
): Promise<boolean> {
  if ((await records.customer(customer)) !== null) return true;
  const facts = await directory.customer(customer);
  if (facts === null || facts.deleted) return false;
  // The primary is mirrored by the first pass, which sees what Stripe charges for the invoice.
  await records.addCustomer(recordCustomer(facts, null));
  return true;
}

async function saveConsent(
  records: Records,
  customer: CustomerId,
  facts: PaymentMethodFacts,
  consent: Consent | null,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.method(customer, facts.method);
    const saved =
      stored === null
        ? records.addMethod(recordPaymentMethod(customer, facts, consent))
        : records.saveMethod({ ...stored, consent, version: stored.version + 1 });
    if (await saved) return;
  }
  throw new Error(`Method ${facts.method} changed ${mostTries} times while it was read.`);
}

/** Stops every charge within a minute, or allows them again. */
export async function setCharging(
  records: Records,
  charging: ChargingSwitch['charging'],
  by: string,
  reason: string,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const version = ((await records.chargingSwitch())?.version ?? 0) + 1;
    if (await records.saveChargingSwitch({ charging, by, reason, version })) return;
  }
  throw new Error(`The charging switch changed ${mostTries} times while it was read.`);
}
