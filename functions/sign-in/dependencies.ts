import type { Clock, Log, Mailer, Metrics, Queues } from '../domain/ports.ts';
import type { Settings } from '../environment.ts';
import type { MailTexts } from '../mail/mail-reader.ts';
import type { Records } from '../runtime/records.ts';

export interface SignInDependencies {
  readonly records: Pick<
    Records,
    | 'customersOf'
    | 'customer'
    | 'addLink'
    | 'signInMail'
    | 'saveSignInMail'
    | 'rate'
    | 'saveRate'
    | 'suppression'
  >;
  /** For a mail that SES throttled: it waits in the queue that it came from. */
  readonly queues: Pick<Queues, 'sendSignIn'>;
  readonly mailer: Mailer;
  readonly settings: Pick<Settings, 'business' | 'mail'>;
  /** The business's own sentences. */
  readonly mailTexts: MailTexts;
  /** 256 random bits as base64url. */
  readonly randomToken: () => string;
  /** Where the customer's page stands. */
  readonly portalOrigin: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}
