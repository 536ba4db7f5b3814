import { changeCustomer } from '../account/change-customer.ts';
import { actorOf } from '../api/actor.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import { problem } from '../api/problems.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { type CardBlock, ledgerCard, standingBlock } from '../domain/decline/card-ledger.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { isoInstant } from '../domain/time.ts';
import type { StaffDependencies } from './dependencies.ts';

/** That a method may be tried again, and what stood against its card. */
export interface UnblockedMethod {
  readonly method: string;
  /** `null` where nothing stood against it. */
  readonly lifted: BlockView | null;
}

export interface BlockView {
  /** `card`: the card itself is dead; `data`: it waits for corrected data. */
  readonly scope: CardBlock['scope'];
  readonly kind: CardBlock['kind'];
  readonly since: string;
}

/**
 * Lifts the blocks that stand against a method's card, and the suspension of its consent, because
 * staff know better. What they come from raises none any more; the next refusal or dispute does.
 */
export async function unblock(
  dependencies: StaffDependencies,
  caller: Staff,
  { customer, method: id }: { readonly customer: CustomerId; readonly method: PaymentMethodId },
  reason: string,
): Promise<Answer> {
  const { records, clock } = dependencies;
  const method = await records.method(customer, id);
  if (method === null) return refuse(noSuchMethod);
  const block = standingBlock(await records.ledger(ledgerCard(method)), method);
  const at = clock.now();
  const wish = { customer, by: actorOf(caller), version: null };
  const changed = await changeCustomer(dependencies, wish, (_customer, change) => {
    if (block === null && method.suspended === null) return 'as_wished';
    return {
      change: {},
      unfinished: [{ kind: 'lift_block', method: id, at, change }],
      audit: [{ what: 'block_lifted', about: id, from: standing(block, method), to: null, reason }],
    };
  });
  if ('problem' in changed) return changed;
  const body: UnblockedMethod = { method: id, lifted: viewStanding(block, method) };
  return { status: 200, body };
}

/** What stood against the method, for the audit log. */
const standing = (block: CardBlock | null, { suspended }: PaymentMethod) => ({
  ...(block !== null && viewBlock(block)),
  ...(suspended !== null && { suspended: suspended.why, source: suspended.source }),
});

/** The block of the card, or else the suspension of the consent to this method. */
function viewStanding(block: CardBlock | null, { suspended }: PaymentMethod): BlockView | null {
  if (block !== null) return viewBlock(block);
  if (suspended === null) return null;
  const { why, at } = suspended;
  return { scope: 'card', kind: why === 'reversal' ? 'dispute' : why, since: isoInstant(at) };
}

export const viewBlock = ({ scope, kind, at }: CardBlock): BlockView => ({
  scope,
  kind,
  since: isoInstant(at),
});

/** That the customer has no such method on record. */
export const noSuchMethod = problem(
  'not-found',
  'This customer has no such payment method here. Look at the customer for the ids of theirs.',
);
