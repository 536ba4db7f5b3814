import { hourMs, type Instant } from '../time.ts';

/** SES lets so much pass in a second and in a day (its "sending quotas"); a day's quota slides. */
export const giveUpThrottledMs = 48 * hourMs;

const shortestDelaySeconds = 30;
/** SQS's limit of a message's delay. */
const longestDelaySeconds = 900;

/**
 * How long a mail waits that SES throttled: as long again as it has waited, so that the waits
 * double, between half a minute and a quarter of an hour. In seconds.
 */
export function throttleDelaySeconds(throttledSince: Instant, now: Instant): number {
  const waited = Math.floor((now - throttledSince) / 1000);
  return Math.min(longestDelaySeconds, Math.max(shortestDelaySeconds, waited));
}
