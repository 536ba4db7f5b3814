import { expect } from 'vitest';
import { attemptsOf, type TestCustomer, type World } from './world.ts';

/** Whether the case has recovered, owes nothing, and a mail has said so. */
export async function hasEnded(
  world: World,
  customer: TestCustomer,
  invoice: string,
): Promise<boolean> {
  const { progress, owed } = await world.case(customer, invoice);
  return progress.state === 'recovered' && owed.length === 0 && world.mails(customer).length > 0;
}

/**
 * The end of a renewal whose primary is declined and whose secondary pays, whatever happened on
 * the way: one payment, one mail, and no message left in any queue.
 *
 * @param which Says in a failure which of several journeys it was.
 */
export async function expectOnePaymentAndOneMail(
  world: World,
  customer: TestCustomer,
  invoice: string,
  which: object,
): Promise<void> {
  const charges = (await world.charges(invoice)).map(({ status }) => status);
  const attempts = attemptsOf(await world.history(customer, invoice));
  const { progress, owed } = await world.case(customer, invoice);
  const mails = world.mails(customer).length;
  const left: string[] = [];
  for (const queue of world.stack.cloud.queues()) {
    const { ready, delayed, inFlight } = await world.stack.cloud.messages(queue.name);
    if (ready.length + delayed.length + inFlight.length > 0) left.push(queue.name);
  }
  expect({ ...which, charges, attempts, state: progress.state, owed, mails, left }).toEqual({
    ...which,
    charges: ['failed', 'failed', 'succeeded'],
    attempts: ['primary declined generic_decline', 'secondary succeeded'],
    state: 'recovered',
    owed: [],
    // SES's own Send event settles a mail whose sender died before it could confirm.
    mails: 1,
    left: [],
  });
}
