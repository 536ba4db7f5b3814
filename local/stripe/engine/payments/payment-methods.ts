import { findCard } from '../objects/find-method.ts';
import { updateSubscription } from '../objects/record-change.ts';
import { invalidRequest, Refusal } from '../protocol/answer.ts';
import { declineOf } from '../published/declines.ts';
import { testCardOf } from '../published/test-cards.ts';
import type { CardMethodRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { declineWords } from './charge-card.ts';
import { createFromTestName } from './create-method.ts';
import { endMandates } from './mandates.ts';

/**
 * Attaches a PaymentMethod to a customer. A test name such as `pm_card_visa` becomes a new
 * PaymentMethod; cards that decline from the start refuse with their decline.
 */
export function attach(tx: Transaction, id: string, customer: string): PaymentMethodRecord {
  const before = createFromTestName(tx, id) ?? tx.get('payment_methods', id);
  if (before.customer === customer) return before;
  refuseUnattachable(tx, before);
  refuseUnverified(tx, before);
  return giveTo(tx, before, customer);
}

/** Makes a method that was looked at a customer's. */
export function giveTo(
  tx: Transaction,
  before: PaymentMethodRecord,
  customer: string,
): PaymentMethodRecord {
  // A customer that was deleted while it waited for its bank takes nothing any more.
  if (tx.get('customers', customer).deleted) return before;
  const looked = before.type === 'card' ? withChecks(tx, before) : before;
  const after: PaymentMethodRecord = { ...looked, customer };
  tx.replace('payment_methods', after);
  tx.emit('payment_method.attached', after);
  return after;
}

/** The bank's answers about the security code and the address, of what it was given. */
function withChecks(tx: Transaction, method: CardMethodRecord): CardMethodRecord {
  const card = findCard(tx, method.id);
  if (card === undefined) return method;
  const { cvcCheck, line1Check, postalCodeCheck } = testCardOf(card).behaviour;
  const { line1, postal_code: postalCode } = method.billing_details.address ?? {};
  const checks = {
    address_line1_check: line1 ? line1Check : null,
    address_postal_code_check: postalCode ? postalCodeCheck : null,
    cvc_check: method.card.checks?.cvc_check === null ? null : cvcCheck,
  };
  return { ...method, card: { ...method.card, checks } };
}

/** @throws Refusal for a method that belongs to somebody, was used up or declines from the start. */
function refuseUnattachable(tx: Transaction, method: PaymentMethodRecord): void {
  if (method.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      { code: 'payment_method_unexpected_state' },
    );
  }
  if (isConsumed(tx, method)) {
    throw invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was ' +
        'detached from a Customer, and may not be used again.',
    );
  }
  const card = findCard(tx, method.id);
  const decline = card === undefined ? null : testCardOf(card).behaviour.attachDecline;
  if (decline !== null && method.type === 'card') {
    throw new Refusal(402, {
      ...declineWords(declineOf(decline, method.card.brand)),
      payment_method: method,
    });
  }
}

/** An account in the United States is attached by proving access to it, nothing less. */
function refuseUnverified(tx: Transaction, method: PaymentMethodRecord): void {
  if (method.type === 'card' || tx.get('bank_accounts', method.id).isVerified) return;
  throw invalidRequest(
    'This us_bank_account PaymentMethod is not verified yet, so it cannot be attached to a ' +
      'customer. Use a SetupIntent, or a PaymentIntent with setup_future_usage, to verify it.',
    { code: 'payment_method_unexpected_state' },
  );
}

export function isConsumed(tx: Transaction, method: PaymentMethodRecord): boolean {
  if (method.type === 'card') return findCard(tx, method.id)?.isConsumed ?? false;
  return tx.get('bank_accounts', method.id).isConsumed;
}

/** A method that was used or detached without a customer is good for nothing more. */
export function consume(tx: Transaction, method: PaymentMethodRecord): void {
  if (method.type === 'card') {
    const card = tx.find('cards', method.id);
    if (card !== undefined) tx.replace('cards', { ...card, isConsumed: true });
  } else {
    tx.replace('bank_accounts', { ...tx.get('bank_accounts', method.id), isConsumed: true });
  }
}

/** Takes a PaymentMethod off its customer for good, and off everything it was the default of. */
export function detach(tx: Transaction, method: PaymentMethodRecord): PaymentMethodRecord {
  const { customer: customerId } = method;
  if (customerId === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      { code: 'payment_method_unexpected_state' },
    );
  }
  const after: PaymentMethodRecord = { ...method, customer: null };
  tx.replace('payment_methods', after);
  consume(tx, method);
  tx.emit('payment_method.detached', after, method);
  endMandates(tx, method.id);
  forgetDefault(tx, method.id, customerId);
  return after;
}

function forgetDefault(tx: Transaction, method: string, customerId: string): void {
  for (const subscription of tx.rows('subscriptions')) {
    if (subscription.default_payment_method === method) {
      updateSubscription(tx, subscription, { default_payment_method: null });
    }
  }
  const customer = tx.customer(customerId);
  if (customer.invoice_settings.default_payment_method !== method) return;
  const after = {
    ...customer,
    invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
  };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, customer);
}

/**
 * Metadata as Stripe merges it: given keys are set, empty values remove their key, and null, which
 * is the empty value of the whole, removes them all.
 */
export function mergeMetadata(
  before: Readonly<Record<string, string>> | null,
  given: Readonly<Record<string, string>> | null | undefined,
): Record<string, string> {
  if (given === null) return {};
  const merged = { ...before, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}
