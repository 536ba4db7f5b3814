import type { Instant } from '../time.ts';
import type { DunningCase } from './dunning-case.ts';

/** When the next pass is planned, by the schedule or for the fallback; `null` where none is. */
export function plannedAt({
  nextScheduledAt,
  fallbackAt,
}: Pick<DunningCase, 'nextScheduledAt' | 'fallbackAt'>): Instant | null {
  const times = [nextScheduledAt, fallbackAt].flatMap((at) => at ?? []);
  return times.length === 0 ? null : Math.min(...times);
}
