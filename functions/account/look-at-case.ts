import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import type { AccountDependencies } from './dependencies.ts';

/** Stripe may have news of the invoice: the room `retry` asks, before all that is merely due. */
export const lookAtCase = (
  { queues }: Pick<AccountDependencies, 'queues'>,
  customer: CustomerId,
  invoice: InvoiceId,
): Promise<void> => queues.sendRetryNow({ v: messageVersion, type: 'settle', customer, invoice });
