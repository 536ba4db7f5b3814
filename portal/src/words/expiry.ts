/** A card is good until the last day of the month that it names; UTC, as the API counts. */
export const isMonthOver = (
  { expMonth, expYear }: { readonly expMonth: number; readonly expYear: number },
  now: Date,
): boolean => now.getTime() >= Date.UTC(expYear, expMonth, 1);

/** Cards are good for at most twenty years; the one that the card has now is there as well. */
export function yearsToOffer(now: Date, current: number): readonly number[] {
  const first = now.getUTCFullYear();
  const years = Array.from({ length: 21 }, (_, index) => first + index);
  return years.includes(current) ? years : [...years, current];
}

/** The month of `now` is the last one in which the card is good. */
export const isLastMonth = (
  { expMonth, expYear }: { readonly expMonth: number | null; readonly expYear: number | null },
  now: Date,
): boolean => expMonth === now.getUTCMonth() + 1 && expYear === now.getUTCFullYear();
