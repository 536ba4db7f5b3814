import { buildCardSource } from '../objects/build-source.ts';
import { updateSubscription } from '../objects/record-change.ts';
import { Refusal } from '../protocol/answer.ts';
import { firstOutcome } from '../published/card-behaviour.ts';
import { declineOf } from '../published/declines.ts';
import { testCardOf } from '../published/test-cards.ts';
import type { CardSourceRecord, CustomerRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { declineWords } from './charge-card.ts';
import { spendToken } from './create-method.ts';

/** Puts a token's card on a customer's file; the first one is charged by default. */
export function createSource(
  tx: Transaction,
  customer: CustomerRecord,
  token: string,
  metadata: Record<string, string>,
): CardSourceRecord {
  const numbered = spendToken(tx, token);
  const { behaviour, brand } = testCardOf(numbered);
  if (behaviour.attachDecline !== null) {
    throw new Refusal(402, declineWords(declineOf(behaviour.attachDecline, brand)));
  }
  const source: CardSourceRecord = {
    ...buildCardSource(tx, numbered, customer.id),
    metadata,
  };
  tx.insert('sources', source);
  tx.insert('source_cards', {
    id: source.id,
    testCard: numbered.testCard,
    created: tx.now,
    outcomes: [firstOutcome(behaviour)],
    attempts: 0,
    isScripted: false,
    isSetUp: false,
    isConsumed: false,
  });
  tx.emit('customer.source.created', source);
  if (customer.default_source === null) setDefault(tx, customer, source.id);
  return source;
}

function setDefault(tx: Transaction, customer: CustomerRecord, source: string | null): void {
  const after: CustomerRecord = { ...customer, default_source: source };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, customer);
}

/** Takes a card off a customer for good; the next one on file is charged by default. */
export function deleteSource(
  tx: Transaction,
  customer: CustomerRecord,
  source: CardSourceRecord,
): void {
  tx.remove('sources', source.id);
  tx.remove('source_cards', source.id);
  tx.emit('customer.source.deleted', source);
  for (const subscription of tx.rows('subscriptions')) {
    if (subscription.default_source === source.id) {
      updateSubscription(tx, subscription, { default_source: null });
    }
  }
  if (customer.default_source !== source.id) return;
  const next = tx.rows('sources').find((row) => row.customer === customer.id);
  setDefault(tx, customer, next?.id ?? null);
}
