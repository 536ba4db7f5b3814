import type { InvoiceId } from '../../../functions/domain/ids.ts';
import type { Clock } from '../../../functions/domain/ports.ts';
import { dayMs } from '../../../functions/domain/time.ts';
import type { RetryDependencies } from '../../../functions/retry/dependencies.ts';
import type { TryMade } from '../check/find-breaches.ts';
import { codesOf } from '../model/case-luck.ts';
import { paysAt } from '../model/method-luck.ts';
import {
  asStripeTells,
  chargeOf,
  factsOf,
  methodOf,
  type Renewal,
  type StoredMethod,
} from './renewal.ts';

/** Debits settle or come back about so long after they began (docs.stripe.com/payments/ach-direct-debit). */
const settlesAfterMs = 4 * dayMs;

/** A try with whose it was. */
export interface LoggedTry extends TryMade {
  readonly nth: number;
  readonly role: 'primary' | 'secondary';
}

/** The Stripe of a simulated world: it charges as the failures' luck has it, and writes down each try. */
export function createSimulatedStripe(
  renewals: ReadonlyMap<InvoiceId, Renewal>,
  clock: Clock,
  log: (made: LoggedTry) => void,
): RetryDependencies['stripe'] {
  const renewalOf = (invoice: InvoiceId): Renewal => {
    const renewal = renewals.get(invoice);
    if (renewal === undefined) throw new Error(`There is no invoice ${invoice} in this world.`);
    return renewal;
  };
  return {
    invoice: async (invoice) => factsOf(renewalOf(invoice)),
    async paymentMethod(id) {
      for (const renewal of renewals.values()) {
        const found = methodOf(renewal, id);
        if (found !== null) return found.facts;
      }
      return null;
    },
    mandateStatus: async () => 'active',
    async setAutoAdvance(invoice, on) {
      renewalOf(invoice).autoAdvance = on;
    },
    async endDunning({ invoice, action }) {
      const renewal = renewalOf(invoice);
      if (action === 'mark_uncollectible') renewal.status = 'uncollectible';
      if (action === 'cancel_subscription') renewal.subscriptionStatus = 'canceled';
      if (action === 'pause_subscription') renewal.collectionPaused = true;
      return null;
    },
    // No subscription of these worlds moves its default to what paid, and what was paused stays so.
    restoreDefault: async () => false,
    resumeCollection: async () => {},
    async pay(invoice, id) {
      const renewal = renewalOf(invoice);
      const method = methodOf(renewal, id);
      if (method === null) return { kind: 'method_unusable', why: 'There is no such method.' };
      if (renewal.status !== 'open') return { kind: 'invoice_not_open' };
      const role = method === renewal.primary ? 'primary' : 'secondary';
      const now = clock.now();
      const isPaid = paysAt(method.luck, now);
      log(tryOf(renewal, method, role, now, isPaid, true));
      if (method.facts.type !== 'card') {
        const charge = chargeOf(renewal, method, now, 'pending', null);
        renewal.charges = [charge, ...renewal.charges];
        renewal.underWay = { at: now + settlesAfterMs, charge, role };
        return { kind: 'processing' };
      }
      const codes = isPaid ? null : codesOf(method.luck.refusal);
      const charge = chargeOf(renewal, method, now, isPaid ? 'succeeded' : 'failed', codes);
      renewal.charges = [charge, ...renewal.charges];
      if (codes !== null) return { kind: 'declined', codes, charge: charge.charge };
      renewal.status = 'paid';
      renewal.paid = { at: now, by: role };
      return { kind: 'paid' };
    },
  };
}

/** A try as the checker of the networks' rules reads it. */
export const tryOf = (
  renewal: Renewal,
  { facts, luck, data }: StoredMethod,
  role: 'primary' | 'secondary',
  at: number,
  isPaid: boolean,
  isOurs: boolean,
): LoggedTry => ({
  nth: renewal.nth,
  role,
  isOurs,
  at: asStripeTells(at),
  card: facts.fingerprint ?? facts.method,
  isCard: facts.type === 'card',
  brand: facts.brand,
  invoice: renewal.invoice,
  amount: renewal.failure.amount,
  currency: renewal.failure.currency,
  data,
  refused: isPaid ? null : codesOf(isOurs ? luck.refusal : renewal.failure.refusal),
});
