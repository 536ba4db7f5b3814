import { changeMethodRecord } from '../account/method-records.ts';
import type { DunningCase } from '../domain/dunning-case.ts';
import { messageVersion } from '../domain/messages.ts';
import { noteOnMethod } from '../domain/payment-method.ts';
import type { RetryDependencies } from './dependencies.ts';

/**
 * Does what the case owes to other places. Each is done again without harm: a history entry is
 * written once under its number, an audit entry under its id, a notice is mailed once however often it is queued, and
 * Stripe keeps the key of the hand-back.
 */
export async function performOwed(
  { records, queues, stripe }: RetryDependencies,
  dunningCase: DunningCase,
): Promise<void> {
  const { customer, invoice } = dunningCase;
  for (const owed of dunningCase.owed) {
    switch (owed.kind) {
      case 'history':
        await records.addHistory(customer, owed.entry);
        break;
      case 'audit':
        await records.addAudit(customer, owed.entry);
        break;
      case 'notice':
        await queues.sendNotice({ v: messageVersion, customer, invoice, notice: owed.notice });
        break;
      case 'note_method':
        await changeMethodRecord({ records }, customer, owed.method, (method) =>
          noteOnMethod(method, owed.at, owed.refused),
        );
        break;
      case 'hand_back': {
        const key = `backstop-${invoice}-hand-back-${dunningCase.version}`;
        await stripe.setAutoAdvance(invoice, true, key);
        break;
      }
    }
  }
}
