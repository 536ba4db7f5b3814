import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import type { PaymentMethodId } from '../domain/ids.ts';
import { lookSooner } from '../domain/reminders/expiry-reminder.ts';
import type { FinishDependencies } from './dependencies.ts';
import { changeMethodRecord } from './method-records.ts';

/**
 * Has these methods looked at in the next hour, where they expire soon: one has a role since now,
 * say, or the customer is charged on another day.
 * @param methods All of the customer's, as they were read last.
 */
export async function lookAtCardsSooner(
  dependencies: Pick<FinishDependencies, 'records' | 'clock'>,
  methods: readonly PaymentMethod[],
  ids: readonly (PaymentMethodId | null)[],
): Promise<void> {
  const now = dependencies.clock.now();
  for (const stored of methods) {
    if (!ids.includes(stored.method) || lookSooner(stored, now) === stored) continue;
    await changeMethodRecord(dependencies, stored.customer, stored.method, (method) =>
      lookSooner(method, now),
    );
  }
}
