import { resourceMissing } from '../protocol/answer.ts';
import type { CardRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { methodOfSource } from './build-source.ts';

/** Cards from before PaymentMethods are charged by their own ids. */
export const isSourceId = (id: string) => id.startsWith('card_');

/** What can be charged under this id: a PaymentMethod, or a customer's source in its shape. */
export function findMethod(tx: Transaction, id: string): PaymentMethodRecord | undefined {
  if (!isSourceId(id)) return tx.find('payment_methods', id);
  const source = tx.find('sources', id);
  return source && methodOfSource(source, tx.get('source_cards', id).created);
}

/** @throws Refusal `resource_missing`; a `param` says which parameter named it. */
export function getMethod(tx: Transaction, id: string, param?: string): PaymentMethodRecord {
  const method = findMethod(tx, id);
  if (method === undefined) throw resourceMissing('PaymentMethod', id, param);
  return method;
}

/** What is known of the card behind a method; undefined for a bank account. */
export function findCard(tx: Transaction, id: string): CardRecord | undefined {
  return tx.find(isSourceId(id) ? 'source_cards' : 'cards', id);
}

export function replaceCard(tx: Transaction, card: CardRecord): void {
  tx.replace(isSourceId(card.id) ? 'source_cards' : 'cards', card);
}
