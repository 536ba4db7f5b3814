import { findCard, replaceCard } from '../objects/find-method.ts';
import { asksCardholder } from '../published/card-behaviour.ts';
import { testCardOf } from '../published/test-cards.ts';
import type { Transaction } from '../transaction.ts';

/** From now on a card can be charged without its holder, where its bank allows that. */
export function rememberSetUp(tx: Transaction, method: string): void {
  const card = findCard(tx, method);
  if (card === undefined || card.isSetUp) return;
  const { behaviour } = testCardOf(card);
  const session = { offSession: true, isSetUp: true, isRequested: false };
  const isCured = !card.isScripted && !asksCardholder(behaviour, session);
  replaceCard(tx, {
    ...card,
    isSetUp: true,
    ...(isCured ? { outcomes: [behaviour.charges] as const } : {}),
  });
}
