/** How many requests Stripe takes within any one second. */
export interface RateLimits {
  /** Of the whole account. */
  readonly account: number;
  /** Of one endpoint: `GET /v1/invoices/*` counts for all invoices together. */
  readonly endpoint: number;
}

/** docs.stripe.com/rate-limits: live mode and sandboxes, and the default of one endpoint. */
export const publishedRateLimits = {
  live: { account: 100, endpoint: 25 },
  sandbox: { account: 25, endpoint: 25 },
} as const satisfies Readonly<Record<string, RateLimits>>;

export type RateLimitMode = keyof typeof publishedRateLimits;

export function isRateLimitMode(word: string): word is RateLimitMode {
  return Object.hasOwn(publishedRateLimits, word);
}

/** The header `Stripe-Rate-Limited-Reason` of a 429: which limit was met. */
export type RateLimitedReason = 'global-rate' | 'endpoint-rate';

/** A request that was let in. */
interface Admitted {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  readonly endpoint: string;
}

/** The requests of the last second, oldest first: never more than the account's limit. */
export type RecentRequests = readonly Admitted[];

/**
 * Lets a request in unless as many were let in within the second before it; one that is turned
 * away counts for nothing. Stripe does not say how it counts: any second, as its page words the
 * limits, is the strictest reading.
 *
 * @param now epoch milliseconds, UTC.
 */
export function admit(
  recent: RecentRequests,
  limits: RateLimits,
  endpoint: string,
  now: number,
): { readonly recent: RecentRequests; readonly refused: RateLimitedReason | undefined } {
  const within = recent.filter(({ at }) => at > now - 1000);
  if (within.length >= limits.account) return { recent: within, refused: 'global-rate' };
  const same = within.filter((each) => each.endpoint === endpoint);
  if (same.length >= limits.endpoint) return { recent: within, refused: 'endpoint-rate' };
  return { recent: [...within, { at: now, endpoint }], refused: undefined };
}
