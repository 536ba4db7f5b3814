import type { RecordedFailure } from './cases/cases-file.ts';

/**
 * The places of the failures, together where they share a card: its ledger counts the tries for
 * all of them. Groups stand in the order of their first failures.
 */
export function groupByCard(failures: readonly RecordedFailure[]): readonly (readonly number[])[] {
  /** Of each failure one before it that shares a card, or itself. */
  const before = failures.map((_, place) => place);
  const firstOf = (place: number): number => {
    const earlier = before[place] ?? place;
    return earlier === place ? place : firstOf(earlier);
  };
  const lastWith = new Map<string, number>();
  for (const [place, { primary, secondary }] of failures.entries()) {
    for (const card of [primary?.card, secondary?.card]) {
      if (card === undefined) continue;
      const [a, b] = [firstOf(lastWith.get(card) ?? place), firstOf(place)];
      before[Math.max(a, b)] = Math.min(a, b);
      lastWith.set(card, place);
    }
  }
  return [...Map.groupBy(before.keys(), firstOf).values()];
}
