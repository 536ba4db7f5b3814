import type { Clock, Log, Mailer, Metrics, Queues } from '../domain/ports.ts';
import type { Settings } from '../environment.ts';
import type { MailTexts } from '../mail/mail-reader.ts';
import type { Records } from '../runtime/records.ts';

export interface NotifyDependencies {
  readonly records: Pick<
    Records,
    'customer' | 'account' | 'auditEntry' | 'notice' | 'addNotice' | 'saveNotice' | 'suppression'
  >;
  /** For a mail that SES throttled: it waits in the queue that it came from. */
  readonly queues: Pick<Queues, 'sendNotice'>;
  readonly mailer: Mailer;
  readonly settings: Pick<Settings, 'mode' | 'business' | 'mail'>;
  /** The business's own sentences. */
  readonly mailTexts: MailTexts;
  /** Where the customer's page stands, for the links that lead there. */
  readonly portalOrigin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}
