import { problem } from '../api/problems.ts';
import type { RateLimit } from '../domain/sign-in/rate.ts';
import type { Session } from '../domain/sign-in/session.ts';
import { hourMs, secondMs } from '../domain/time.ts';
import type { Problem } from '../runtime/problem.ts';
import { takeFromRate } from '../runtime/take-from-rate.ts';
import type { CustomerApiDependencies } from './dependencies.ts';

/** More than anybody clicks, and far less than what takes Stripe's rate away from the retries. */
const limit: RateLimit = { times: 60, withinMs: hourMs };

/**
 * Why this session may ask for no more of what asks Stripe; `null` where it may. Stripe allows an
 * account so many requests a second, and the charges share them.
 */
export async function refuseAskingTooOften(
  dependencies: CustomerApiDependencies,
  session: Session,
): Promise<Problem | null> {
  const limited = { what: 'asks_stripe', whom: session.id };
  const waitMs = await takeFromRate(dependencies, limited, limit);
  if (waitMs === null) return null;
  const retryAfterSeconds = Math.ceil(waitMs / secondMs);
  return problem(
    'too-many-requests',
    'This was asked for too often lately. Wait a while, and ask again.',
    { retryAfterSeconds },
  );
}
