import type { Policy } from '../domain/policy.ts';
import type { Clock, Log, Metrics, Queues, StripeGateway } from '../domain/ports.ts';
import type { StripeDunning } from '../domain/stripe/stripe-dunning.ts';
import type { StripeTroubles } from '../domain/stripe/stripe-troubles.ts';
import type { Records } from '../runtime/records.ts';

export interface RetryDependencies {
  readonly records: Records;
  readonly queues: Pick<Queues, 'sendNotice'>;
  readonly stripe: StripeGateway & StripeDunning;
  readonly policy: Policy;
  readonly mode: 'observe' | 'own';
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How long this process may still live, in milliseconds. */
  readonly remainingMs: () => number;
}

/** What it takes to look at a charge that an event named. */
export interface LookDependencies {
  readonly records: Records;
  readonly queues: Pick<Queues, 'sendRetry'>;
  readonly stripe: StripeTroubles;
  readonly clock: Clock;
  readonly log: Log;
}
