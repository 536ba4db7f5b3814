import { secondMs } from '../domain/time.ts';
import type { RetryDependencies } from './dependencies.ts';

/** A charge (20 s), another look at the invoice (20 s) and the writes around them. */
const neededForChargeMs = 50 * secondMs;
/** A claim is left to its process for the rest of its life and this much longer. */
const leaseMarginMs = 5 * secondMs;

/** Whether this process lives long enough to see the end of a charge. */
export const hasTimeToCharge = ({ remainingMs }: RetryDependencies): boolean =>
  remainingMs() >= neededForChargeMs;

/** How long a claim of this process keeps others away. */
export const leaseMs = ({ remainingMs }: RetryDependencies): number =>
  remainingMs() + leaseMarginMs;
