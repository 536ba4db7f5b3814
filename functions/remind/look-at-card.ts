import { changeMethodRecord, mirrorMethod } from '../account/method-records.ts';
import type { Role } from '../domain/case/dunning-case.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { roleOf } from '../domain/customer/role-of.ts';
import { messageVersion } from '../domain/messages.ts';
import type { Key } from '../domain/ports.ts';
import {
  decideEarly,
  decideReminder,
  type Look,
  type ReminderDecision,
} from '../domain/reminders/decide-reminder.ts';
import type { ExpiryReminder } from '../domain/reminders/expiry-reminder.ts';
import type { RemindDependencies } from './dependencies.ts';

type Telling = Extract<ReminderDecision, { kind: 'tell' }>;

/**
 * Looks at one card. What it leads to is on its record before it is done: a process that dies
 * leaves the card due, and the next look sends the same notice, which is mailed once.
 * @throws where Stripe or the table did not answer: the card stays due.
 */
export async function lookAtCard(dependencies: RemindDependencies, key: Key): Promise<void> {
  const { records } = dependencies;
  // The index follows the table after a moment: the card may have been looked at.
  const stored = await records.methodAt(key);
  if (stored === null) return;
  const customer = await records.customer(stored.customer);
  const role = customer === null ? null : roleOf(customer, stored.method);
  const early = decideEarly(lookOf(dependencies, stored, role));
  switch (early.kind) {
    case 'leave':
      return;
    case 'look_later':
      await save(dependencies, stored, early.reminder);
      return;
    case 'ask_stripe':
      return askStripe(dependencies, stored, role);
  }
}

const lookOf = (
  { policy, clock }: RemindDependencies,
  method: PaymentMethod,
  role: Role | null,
): Look => ({ method, role, policy, now: clock.now() });

/** As another writer came first, the card is still due, or due anew: the next run looks again. */
const save = (
  { records }: RemindDependencies,
  method: PaymentMethod,
  reminder: ExpiryReminder,
): Promise<boolean> => records.saveMethod({ ...method, reminder, version: method.version + 1 });

/** Nobody is reminded of a card that its network has replaced, or of a subscription that ends. */
async function askStripe(
  dependencies: RemindDependencies,
  stored: PaymentMethod,
  role: Role | null,
): Promise<void> {
  const { stripe } = dependencies;
  const { customer } = stored;
  const facts = await stripe.paymentMethod(stored.method);
  const isTheirs = facts !== null && facts.customer === customer;
  // One that is gone is marked as removed by whoever mirrors the customer.
  const method = isTheirs ? await mirrorMethod(dependencies, customer, facts) : stored;
  if (decideEarly(lookOf(dependencies, method, role)).kind !== 'ask_stripe') return;
  const nextBillingAt = isTheirs ? await stripe.nextBillingDate(customer) : null;
  const decision = decideReminder(lookOf(dependencies, method, role), nextBillingAt);
  if (decision.kind === 'tell') await tell(dependencies, method, decision);
  else await save(dependencies, method, decision.reminder);
}

/** Owed on record first, then in the queue, then struck off. */
async function tell(
  dependencies: RemindDependencies,
  method: PaymentMethod,
  { notice, reminder, afterwards }: Telling,
): Promise<void> {
  const { queues, log } = dependencies;
  const { customer } = method;
  if (reminder !== method.reminder && !(await save(dependencies, method, reminder))) return;
  await queues.sendNotice({ v: messageVersion, customer, notice });
  await changeMethodRecord(dependencies, customer, method.method, (current) => {
    const isSame =
      current.reminder?.expiry === reminder.expiry && current.reminder.owed === reminder.owed;
    return isSame ? { ...current, reminder: afterwards } : current;
  });
  log.info('A card that expires is told of', { customer, fact: notice.fact });
}
