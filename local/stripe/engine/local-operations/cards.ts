import { findCard, replaceCard } from '../objects/find-method.ts';
import { type CardOutcome, cardOutcomes, isCardOutcome } from '../published/declines.ts';
import type { CardMethodRecord } from '../records.ts';
import type { StripeState } from '../state.ts';
import { nobody, Transaction } from '../transaction.ts';
import type { Changed } from './changed.ts';

/** What the card networks do to saved cards without anybody asking (card account updater). */
export type NetworkUpdate = 'expiry' | 'number' | 'brand';

export const networkUpdates: readonly NetworkUpdate[] = ['expiry', 'number', 'brand'];

const oldNumber: readonly CardOutcome[] = [
  'expired_card',
  'incorrect_number',
  'invalid_account',
  'lost_card',
  'pickup_card',
  'stolen_card',
];

/** Declines that end with the update: the card they were about is not the card any more. */
const curedBy: Readonly<Record<NetworkUpdate, ReadonlySet<CardOutcome>>> = {
  expiry: new Set<CardOutcome>(['expired_card']),
  number: new Set<CardOutcome>(oldNumber),
  brand: new Set<CardOutcome>(oldNumber),
};

/**
 * Lets a saved card expire: its last month is the one before the clock's. Stripe tells nobody,
 * and neither does this.
 *
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is no such card.
 */
export function expireCard(state: StripeState, method: string, now: number): Changed {
  const tx = new Transaction(state, now, nobody);
  const before = cardOf(tx, method);
  const lastMonth = new Date(now);
  lastMonth.setUTCDate(0);
  tx.replace('payment_methods', withCard(before, expiryOf(lastMonth)));
  return tx.finish();
}

/**
 * Does what a card network does when the bank replaced a card: the saved one gets a new expiry,
 * or a new number with it (another fingerprint and other last digits), or that of another brand,
 * as where a bank moves its cards from one network to another.
 *
 * @param now epoch milliseconds, UTC.
 * @throws RangeError when there is no such card.
 */
export function updateCardByNetwork(
  state: StripeState,
  method: string,
  update: NetworkUpdate,
  now: number,
): Changed {
  const tx = new Transaction(state, now, nobody);
  const before = cardOf(tx, method);
  const inFourYears = new Date(now);
  inFourYears.setUTCFullYear(inFourYears.getUTCFullYear() + 4);
  const after = withCard(before, {
    ...expiryOf(inFourYears),
    ...(update === 'expiry' ? {} : newNumber(tx, before)),
    ...(update === 'brand' ? { brand: otherBrand(before) } : {}),
  });
  tx.replace('payment_methods', after);
  cure(tx, method, update);
  tx.emit('payment_method.automatically_updated', after, before);
  return tx.finish();
}

function cardOf(tx: Transaction, id: string): CardMethodRecord {
  const method = tx.find('payment_methods', id);
  if (method === undefined) throw new RangeError(`There is no PaymentMethod ${id}.`);
  if (method.type !== 'card') throw new RangeError(`${id} is a ${method.type}, not a card.`);
  return method;
}

function withCard(
  method: CardMethodRecord,
  change: Partial<CardMethodRecord['card']>,
): CardMethodRecord {
  return { ...method, card: { ...method.card, ...change } };
}

const expiryOf = (date: Date) => ({
  exp_month: date.getUTCMonth() + 1,
  exp_year: date.getUTCFullYear(),
});

function newNumber(tx: Transaction, { id, card }: CardMethodRecord) {
  const last4 = String((Number(card.last4) + 1111) % 10_000).padStart(4, '0');
  return { last4, fingerprint: tx.token(`card:${id}:${card.fingerprint}:${last4}`, 16) };
}

const otherBrand = ({ card }: CardMethodRecord): string =>
  card.brand === 'mastercard' ? 'visa' : 'mastercard';

function cure(tx: Transaction, method: string, update: NetworkUpdate): void {
  const card = tx.find('cards', method);
  if (card === undefined) return;
  const cured = (outcome: CardOutcome) => (curedBy[update].has(outcome) ? 'succeeded' : outcome);
  const [first, ...rest] = card.outcomes;
  tx.replace('cards', { ...card, outcomes: [cured(first), ...rest.map(cured)] });
}

/** Outcomes from outside, such as the body of a request. @throws RangeError naming the wrong one. */
export function readOutcomes(words: readonly unknown[]): [CardOutcome, ...CardOutcome[]] {
  const read = words.map((word) => {
    if (typeof word === 'string' && isCardOutcome(word)) return word;
    throw new RangeError(
      `A card cannot be told to answer ${JSON.stringify(word)}. It can answer: ${cardOutcomes.join(', ')}.`,
    );
  });
  const [first, ...rest] = read;
  if (first === undefined) throw new RangeError('Name at least one outcome for the card.');
  return [first, ...rest];
}

/** Tells a saved card what its next charges come to; the last outcome repeats. */
export function setCardOutcomes(
  state: StripeState,
  paymentMethod: string,
  outcomes: readonly [CardOutcome, ...CardOutcome[]],
): StripeState {
  const tx = new Transaction(state, 0, nobody);
  const card = findCard(tx, paymentMethod);
  if (card === undefined) throw new RangeError(`There is no PaymentMethod ${paymentMethod}.`);
  replaceCard(tx, { ...card, outcomes, attempts: 0, isScripted: true });
  return tx.finish().state;
}

/**
 * Lets the network of a Mastercard add this merchant advice code to each decline of the card,
 * `24` to `30` for one that asks to wait; `null` takes it back.
 */
export function setMerchantAdvice(
  state: StripeState,
  paymentMethod: string,
  merchantAdvice: string | null,
): StripeState {
  const tx = new Transaction(state, 0, nobody);
  const card = findCard(tx, paymentMethod);
  if (card === undefined) throw new RangeError(`There is no PaymentMethod ${paymentMethod}.`);
  const { merchantAdvice: _before, ...others } = card;
  replaceCard(tx, merchantAdvice === null ? others : { ...others, merchantAdvice });
  return tx.finish().state;
}
