import type { Policy } from '../domain/policy.ts';
import type { Clock, Log, Metrics, Queues, Table } from '../domain/ports.ts';
import type { StripeReminders } from '../domain/stripe/stripe-reminders.ts';
import type { Records } from '../runtime/records.ts';

export interface RemindDependencies {
  readonly table: Pick<Table, 'queryIndex'>;
  readonly records: Pick<Records, 'customer' | 'method' | 'methodAt' | 'addMethod' | 'saveMethod'>;
  readonly queues: Pick<Queues, 'sendNotice'>;
  readonly stripe: StripeReminders;
  readonly policy: Policy;
  readonly mode: 'observe' | 'own';
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** How long this process may still live, in milliseconds. */
  readonly remainingMs: () => number;
}
