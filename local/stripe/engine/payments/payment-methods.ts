import { updateSubscription } from '../billing/record-change.ts';
import { buildPaymentMethod } from '../objects/build-payer.ts';
import { invalidRequest, Refusal, resourceMissing } from '../protocol/answer.ts';
import type { PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { declineOf } from './declines.ts';
import { type TestCard, testCardOfPaymentMethod, testCardOfToken } from './test-cards.ts';

/** A PaymentMethod of one of Stripe's test cards, on file but not yet a customer's. */
export function createFromCard(tx: Transaction, card: TestCard): PaymentMethodRecord {
  const method = buildPaymentMethod(tx, card);
  tx.insert('payment_methods', method);
  tx.insert('cards', {
    id: method.id,
    outcomes: [card.charges],
    attempts: 0,
    attachDecline: card.attachDecline ?? null,
    detached: false,
  });
  return method;
}

/** @throws Refusal when the token is none of Stripe's test tokens. */
export function cardOfToken(token: string): TestCard {
  const card = testCardOfToken(token);
  if (card === undefined) throw resourceMissing('token', token, 'card[token]');
  return card;
}

/**
 * Attaches a PaymentMethod to a customer. A test token such as `pm_card_visa` becomes a new
 * PaymentMethod; cards that decline from the start refuse with their decline.
 */
export function attach(tx: Transaction, id: string, customer: string): PaymentMethodRecord {
  const token = testCardOfPaymentMethod(id);
  const before = token === undefined ? tx.get('payment_methods', id) : createFromCard(tx, token);
  if (before.customer === customer) return before;
  refuseUnattachable(tx, before);
  const after: PaymentMethodRecord = { ...before, customer };
  tx.replace('payment_methods', after);
  tx.emit('payment_method.attached', after);
  return after;
}

function refuseUnattachable(tx: Transaction, method: PaymentMethodRecord): void {
  if (method.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      { code: 'payment_method_unexpected_state' },
    );
  }
  const card = tx.find('cards', method.id);
  if (card?.detached) {
    throw invalidRequest(
      'This PaymentMethod was previously used without being attached to a Customer or was ' +
        'detached from a Customer, and may not be used again.',
    );
  }
  if (card?.attachDecline && method.type === 'card') {
    const decline = declineOf(card.attachDecline, method.card.brand);
    throw new Refusal(402, {
      type: 'card_error',
      code: decline.code,
      decline_code: decline.declineCode,
      message: decline.message,
    });
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
  const card = tx.find('cards', method.id);
  if (card !== undefined) tx.replace('cards', { ...card, detached: true });
  tx.emit('payment_method.detached', after, method);
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

/** Metadata as Stripe merges it: given keys are set, empty values remove their key. */
export function mergeMetadata(
  before: Readonly<Record<string, string>> | null,
  given: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
  const merged = { ...before, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
}
