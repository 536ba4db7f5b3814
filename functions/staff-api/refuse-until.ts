import { problem } from '../api/problems.ts';
import { dayMs, type Instant } from '../domain/time.ts';
import type { Problem } from '../runtime/problem.ts';

/** What stands for longer than this was meant to be something else, or is a wrong year. */
const longestMs = 366 * dayMs;

/** Why nothing can be granted until then; `null` where it can. */
export function refuseUntil(until: Instant, now: Instant): Problem | null {
  const message =
    until <= now
      ? 'must lie in the future.'
      : until > now + longestMs
        ? 'must lie within a year.'
        : null;
  if (message === null) return null;
  const errors = [{ path: 'body.until', message }];
  return problem('invalid-request', `Change what "errors" names: body.until ${message}`, {
    errors,
  });
}
