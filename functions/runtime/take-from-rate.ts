import type { Clock } from '../domain/ports.ts';
import { countedWith, type RateLimit, takeRate } from '../domain/sign-in/rate.ts';
import { hashAddress } from './hash.ts';
import type { Records } from './records.ts';

/** How often a rate is read anew when another writer came first. */
const mostTries = 5;

/**
 * Whether somebody may do something once more; if so, it counts.
 * @param what What is counted, such as `sign_in_address`.
 * @param whom For whom it is counted: stored as its hash only.
 * @param key What is done, where it may come a second time and is to count once.
 * @returns `null` if they may, otherwise the milliseconds until they may again.
 */
export async function takeFromRate(
  { records, clock }: { records: Pick<Records, 'rate' | 'saveRate'>; clock: Clock },
  { what, whom, key }: { readonly what: string; readonly whom: string; readonly key?: string },
  limit: RateLimit,
): Promise<number | null> {
  const id = `${what}#${hashAddress(whom)}`;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const now = clock.now();
    const stored = await records.rate(id);
    const decision = takeRate(stored, limit, now, key);
    if (!decision.allowed) return decision.retryAfterMs;
    if (decision.times === null) return null;
    const counted = key === undefined ? {} : { counted: countedWith(stored, limit, key) };
    const taken = { id, times: decision.times, ...counted, version: (stored?.version ?? 0) + 1 };
    if (await records.saveRate(taken, now + limit.withinMs)) return null;
  }
  // So many at once is too often, whatever the count says.
  return limit.withinMs;
}
