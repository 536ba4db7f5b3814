import type { MovableClock } from '../../clock.ts';
import {
  admit,
  type RateLimitedReason,
  type RateLimits,
  type RecentRequests,
} from '../engine/protocol/rate-limits.ts';
import { findRoute } from '../engine/protocol/route.ts';
import { routes } from '../engine/routes/all.ts';

/** Whether a request is one too many, and for which limit. */
export type LimitRate = (method: string, path: string) => RateLimitedReason | undefined;

/** Counts the requests of one account against its limits, by the movable clock. */
export function limitRate(limits: RateLimits | undefined, clock: MovableClock): LimitRate {
  if (limits === undefined) return () => undefined;
  let recent: RecentRequests = [];
  return (method, path) => {
    const admitted = admit(recent, limits, endpointOf(method, path), clock.now());
    recent = admitted.recent;
    return admitted.refused;
  };
}

/** Requests for different objects are requests of one endpoint: docs.stripe.com/rate-limits. */
function endpointOf(method: string, path: string): string {
  const found = findRoute(routes, method, path);
  return found === undefined ? 'no endpoint' : `${method} ${found.route.pieces.join('/')}`;
}
