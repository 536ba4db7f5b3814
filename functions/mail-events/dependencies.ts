import type { Clock, Log, Metrics, Queues } from '../domain/ports.ts';
import type { Records } from '../runtime/records.ts';

export interface MailEventDependencies {
  readonly records: Pick<
    Records,
    | 'notice'
    | 'saveNotice'
    | 'signInMail'
    | 'saveSignInMail'
    | 'suppression'
    | 'saveSuppression'
    | 'customersOf'
    | 'customer'
  >;
  readonly queues: Pick<Queues, 'sendNotice'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}
