import type { Actor } from '../domain/audit.ts';
import type { Member } from '../domain/customer/customer.ts';
import type { OpenTelling, Telling } from '../domain/customer/telling.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { messageVersion } from '../domain/messages.ts';
import type { AccountNotice, CardLabel, ChangeNotice } from '../domain/notice/notice-content.ts';
import { personOf } from '../runtime/hash.ts';
import type { FinishDependencies } from './dependencies.ts';
import { entryIdOf } from './entry-id.ts';

type Dependencies = Pick<FinishDependencies, 'records' | 'queues'>;

/** Queues the mail of a change; however often it is queued, each recipient gets one. */
export async function finishTelling(
  dependencies: Dependencies,
  customer: CustomerId,
  { telling, change, by, at }: OpenTelling,
): Promise<void> {
  if (telling.kind === 'consent_given') {
    const method = await dependencies.records.method(customer, telling.method);
    // Whoever was to record it has died before: asked again, it is told with that.
    if (method?.consent == null) return;
  }
  const base = { fact: `customer-${change}`, at, by: shownActor(by) };
  const content = await contentOf(dependencies, customer, telling, change);
  await tell(dependencies, customer, { ...base, ...content });
}

/** Queues a mail that is not about an invoice. */
export const tell = (
  { queues }: Pick<Dependencies, 'queues'>,
  customer: CustomerId,
  notice: AccountNotice,
): Promise<void> => queues.sendNotice({ v: messageVersion, customer, notice });

/** Whoever of the staff it was: customers do not know them. */
const shownActor = (by: Actor): ChangeNotice['by'] =>
  by.kind === 'member' ? { kind: 'member', person: personOf(by.email) } : { kind: by.kind };

/** The method as mails name it, also once it is removed. */
export async function labelOf(
  { records }: Pick<Dependencies, 'records'>,
  customer: CustomerId,
  id: PaymentMethodId,
): Promise<CardLabel> {
  const method = await records.method(customer, id);
  return {
    type: method?.type ?? 'unknown',
    brand: method?.brand ?? null,
    last4: method?.last4 ?? null,
  };
}

const shownMember = ({ email, role }: Member) => ({ person: personOf(email), role });

/** With the words that the ids stand for. */
async function contentOf(
  dependencies: Dependencies,
  customer: CustomerId,
  telling: Telling,
  change: number,
) {
  switch (telling.kind) {
    case 'methods_changed': {
      const changes = telling.changes.map(async ({ what, method }) => ({
        what,
        card: await labelOf(dependencies, customer, method),
      }));
      return { kind: telling.kind, changes: await Promise.all(changes) };
    }
    case 'consent_given':
    case 'consent_withdrawn':
      return {
        kind: telling.kind,
        card: await labelOf(dependencies, customer, telling.method),
      };
    case 'members_changed': {
      const { kind, what, member, place } = telling;
      return { kind, what, ...shownMember(member), entry: entryIdOf(change, place) };
    }
    case 'invitation':
      return { kind: telling.kind, ...shownMember(telling.member) };
    case 'extension_granted':
      return telling;
    case 'card_updated': {
      const { kind, method, expires, updatedAt } = telling;
      const fact = `${method}-${updatedAt}`;
      return { kind, fact, expires, card: await labelOf(dependencies, customer, method) };
    }
  }
}
