import type { FinishDependencies } from '../account/dependencies.ts';
import { finishChange } from '../account/finish-change.ts';
import type { CustomerId } from '../domain/ids.ts';
import { retryQueueSchema } from '../domain/messages.ts';
import type { LookDependencies, RetryDependencies } from './dependencies.ts';
import { lookAtCharge } from './look-at-charge.ts';
import { lookAtCustomer, lookAtMethod } from './look-at-customer.ts';
import { runPass } from './run-pass.ts';

export interface MessageDependencies {
  readonly passes: RetryDependencies;
  readonly changes: FinishDependencies;
  readonly looks: LookDependencies;
}

/**
 * Does what a message of the queues `retry` and `retry-now` asks for: a look at a case, at a charge
 * or a customer, or the rest of a change whose process died.
 * @throws where Stripe or the table did not answer; the message is then delivered again.
 */
export async function handleMessage(
  { passes, changes, looks }: MessageDependencies,
  body: unknown,
): Promise<void> {
  const message = retryQueueSchema.parse(body);
  const { queues } = looks;
  switch (message.type) {
    case 'pass':
    case 'settle':
      return runPass(passes, message);
    case 'finish':
      return finishFor(changes, message.customer);
    case 'charge':
      return lookAtCharge(looks, message);
    case 'customer':
      return lookAtCustomer({ changes, queues }, message.customer, message.byNetwork);
    case 'method':
      return lookAtMethod({ changes, queues }, message.method);
  }
}

async function finishFor(dependencies: FinishDependencies, id: CustomerId): Promise<void> {
  const { records, log } = dependencies;
  const customer = await records.customer(id);
  if (customer === null) {
    log.warn('A message names a customer who is not there', { customer: id });
    return;
  }
  const { unfinished } = await finishChange(dependencies, customer);
  log.info('Changes finished', { customer: id, left: unfinished.map(({ kind }) => kind) });
}
