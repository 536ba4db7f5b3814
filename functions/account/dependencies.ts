import type { Clock, Log, Metrics, Queues } from '../domain/ports.ts';
import type { StripeAccount } from '../domain/stripe/stripe-account.ts';
import type { Settings } from '../environment.ts';
import type { Records } from '../runtime/records.ts';

/** What it takes to finish what a change of a customer left to do. */
export interface FinishDependencies {
  readonly records: Records;
  readonly queues: Pick<Queues, 'sendRetryNow' | 'sendNotice'>;
  readonly stripe: StripeAccount;
  readonly clock: Clock;
  readonly log: Log;
}

/** What it takes to change something for a customer, whoever asks for it. */
export interface AccountDependencies extends FinishDependencies {
  readonly settings: Settings;
  readonly metrics: Metrics;
}
