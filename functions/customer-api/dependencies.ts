import type { AccountDependencies } from '../account/dependencies.ts';
import type { Queues } from '../domain/ports.ts';

export interface CustomerApiDependencies extends AccountDependencies {
  readonly queues: Pick<Queues, 'sendRetryNow' | 'sendNotice' | 'sendSignIn'>;
  /** 256 random bits as base64url. */
  readonly randomToken: () => string;
  /** Where the customer's page stands: the origin from which alone anything may be changed. */
  readonly portalOrigin: string;
}
