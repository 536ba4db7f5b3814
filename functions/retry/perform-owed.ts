import type { DunningCase, Owed } from '../domain/dunning-case.ts';
import type { CustomerId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import { noteOnMethod } from '../domain/payment-method.ts';
import type { Records } from '../runtime/records.ts';
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
        await noteMethod(records, customer, owed);
        break;
      case 'hand_back': {
        const key = `backstop-${invoice}-hand-back-${dunningCase.version}`;
        await stripe.setAutoAdvance(invoice, true, key);
        break;
      }
    }
  }
}

/** How often a method is read anew when another writer came first. */
const mostTries = 5;

async function noteMethod(
  records: Records,
  customer: CustomerId,
  { method: id, at, refused }: Extract<Owed, { readonly kind: 'note_method' }>,
): Promise<void> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const method = await records.method(customer, id);
    if (method === null) return;
    const noted = noteOnMethod(method, at, refused);
    if (noted === method || (await records.saveMethod(noted))) return;
  }
  throw new Error(`Method ${id} changed ${mostTries} times while it was read.`);
}
