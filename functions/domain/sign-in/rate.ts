import type { Instant } from '../time.ts';

/** When somebody did something lately, for a limit on how often they may. */
export interface Rate {
  /** What is counted, and for whom: `sign_in_address#` and a hash. */
  readonly id: string;
  /** In order; those that are out of the window are left out at the next write. */
  readonly times: readonly Instant[];
  /** What was counted last, where it may come a second time and is to count once. */
  readonly counted?: readonly string[];
  readonly version: number;
}

/** So many times within a sliding window. */
export interface RateLimit {
  readonly times: number;
  readonly withinMs: number;
}

export type RateDecision =
  | { readonly allowed: true; readonly times: readonly Instant[] }
  /** It was counted before: there is nothing to write. */
  | { readonly allowed: true; readonly times: null }
  /** Nothing is to be written: who asks too often is not kept out for longer by it. */
  | { readonly allowed: false; readonly retryAfterMs: number };

/**
 * Whether it may be done once more at `now`; if so, with the times that count from then on.
 * @param key What is done, where it may be asked for twice.
 */
export function takeRate(
  rate: Rate | null,
  limit: RateLimit,
  now: Instant,
  key?: string,
): RateDecision {
  if (key !== undefined && rate?.counted?.includes(key)) return { allowed: true, times: null };
  const recent = (rate?.times ?? []).filter((time) => now - time < limit.withinMs);
  // The one that has to leave the window first, should the limit have been lowered meanwhile.
  const inTheWay = recent[recent.length - limit.times];
  return inTheWay === undefined
    ? { allowed: true, times: [...recent, now] }
    : { allowed: false, retryAfterMs: inTheWay + limit.withinMs - now };
}

/** What counts from then on, the newest last; as many as the limit allows. */
export const countedWith = (rate: Rate | null, limit: RateLimit, key: string): readonly string[] =>
  [...(rate?.counted ?? []), key].slice(-limit.times);
