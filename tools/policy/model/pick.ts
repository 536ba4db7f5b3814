export interface Weighted<Of> {
  readonly weight: number;
  readonly of: Of;
}

/**
 * The one at this place where all lie side by side, each as wide as its weight.
 * @param place From 0 up to, and without, 1.
 * @throws {RangeError} where there is nothing to pick from.
 */
export function pickByWeight<Of>(from: readonly Weighted<Of>[], place: number): Of {
  const total = from.reduce((sum, { weight }) => sum + weight, 0);
  let left = place * total;
  for (const { weight, of } of from) {
    left -= weight;
    if (left < 0) return of;
  }
  const last = from.at(-1);
  if (last === undefined) throw new RangeError('Nothing to pick from.');
  return last.of;
}

/** A time with this mean that may end at any moment as well as at any other: exponential. */
export const exponential = (mean: number, place: number): number => -mean * Math.log(1 - place);
