const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The numbers of docs/policy.md that the judge holds the tries against. */
export const limits = {
  /** `billing_reason`s of invoices that are ours to collect. */
  billingReasons: ['subscription_cycle', 'subscription_threshold', 'subscription_update'],
  /** What depends on the invoice's id comes on top. */
  jitterMs: 60 * minuteMs,
  /** Between two passes of the schedule, however the days fall. */
  betweenPassesMs: 12 * 60 * minuteMs,
  /** How often a payment that is under way is looked at. */
  processingMs: 6 * 60 * minuteMs,
  /** How long something may stay unnoticed that no event told: the hourly look at Stripe finds it. */
  unnoticedMs: 2 * 60 * minuteMs,
  /** Longest time for which the sweep leaves a queued case alone. */
  queuedMs: 15 * minuteMs,
  /** A customer who pays in their page keeps everything else away for so long. */
  onSessionMs: 15 * minuteMs,
  /** A key of that age may no longer be sent: Stripe may have forgotten it. */
  keyMs: 23 * 60 * minuteMs,
  /** A process decides on what it read at most this long ago: the longest life of a function. */
  processMs: 15 * minuteMs,
} as const;

/** How often one card may be tried by us. */
export interface Cap {
  readonly tries: number;
  readonly withinMs: number;
  readonly perAmount: boolean;
}

/**
 * Visa Rules 5.9.2 (since 2025-05; kept for networks that publish none), and Mastercard's
 * Transaction Processing Excellence.
 */
export function capsOf(brand: string | null): readonly Cap[] {
  if (brand === 'mastercard') {
    return [
      { tries: 10, withinMs: dayMs, perAmount: true },
      { tries: 35, withinMs: 30 * dayMs, perAmount: true },
    ];
  }
  return [{ tries: 20, withinMs: 30 * dayMs, perAmount: false }];
}
