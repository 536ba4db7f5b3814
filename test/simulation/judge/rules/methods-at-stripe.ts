import type { Evidence, StripeCall } from '../../evidence.ts';
import { countOf, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/**
 * "Setting the primary writes every place Stripe would look": what the customer's item says is the
 * primary is what Stripe charges in the end, unless somebody changed it at Stripe after that.
 */
export const primaryAtStripe: MakeRule = (known, verdict) => {
  /** When a customer's primary was last set here, and when others last changed what it may be. */
  const setAt = new Map<string, number>();
  const touchedAt = new Map<string, number>();
  return {
    observe({ at, happening, evidence }) {
      if (happening.kind === 'item_written' && happening.after.sk === 'V#CUSTOMER') {
        const { pk, primarySetBy } = happening.after;
        const isSet = countOf(primarySetBy) > countOf(happening.before?.primarySetBy);
        if (isSet) setAt.set(pk.slice('CUSTOMER#'.length), at);
      }
      // What pays becomes a subscription's default where it says so, by whomever it was charged.
      const isOurs = happening.kind === 'stripe_call' && happening.call.by === 'backstop';
      if (!isOurs) for (const holder of known.ledger.changedDefaults) touchedAt.set(holder, at);
      if (happening.kind !== 'stripe_call') return;
      const { call } = happening;
      if (call.by !== 'business' || call.method === 'GET') return;
      const customer = textOf(call.params.customer) ?? holderIn(known, call, evidence);
      if (customer !== null) touchedAt.set(customer, at);
    },
    conclude(evidence) {
      for (const { customer } of evidence.customers) {
        const at = setAt.get(customer);
        if (at === undefined || at < (touchedAt.get(customer) ?? -1)) continue;
        if (known.ledger.deletedCustomers.has(customer)) continue;
        verdict.weigh();
        const primary = textOf(known.items.get(`CUSTOMER#${customer}`, 'V#CUSTOMER')?.primary);
        const { subscriptions } = evidence.ledger;
        const own = subscriptions
          .filter((each) => each.customer === customer && !hasEnded(each.status))
          .map((each) => each.default_payment_method);
        const { invoices } = evidence.ledger;
        const unpaid = invoices
          .filter((each) => each.customer === customer && each.status === 'open')
          .map((each) => each.default_payment_method);
        const named = known.ledger.customer(customer)?.invoice_settings.default_payment_method;
        const wrong = [named ?? null, ...[...own, ...unpaid].filter((each) => each !== null)].find(
          (each) => each !== primary,
        );
        if (wrong === undefined) continue;
        verdict.breach(`The primary of ${customer} is ${primary}; Stripe would charge ${wrong}.`);
      }
    },
  };
};

const hasEnded = (status: string): boolean =>
  status === 'canceled' || status === 'incomplete_expired';

/** Whose the object is that a path names. */
function holderIn(
  { ledger }: Known,
  { path }: StripeCall,
  { ledger: tables }: Evidence,
): string | null {
  const [, , kind, id = ''] = path.split('/');
  switch (kind) {
    case 'customers':
      return id;
    case 'subscriptions':
      return tables.subscriptions.find((each) => each.id === id)?.customer ?? null;
    case 'invoices':
      return ledger.invoice(id)?.customer ?? null;
    case 'payment_methods':
      return ledger.methods.holderOf(id) ?? null;
    default:
      return null;
  }
}

/**
 * "A removed method is detached at Stripe", in the end; and no charge of ours is claimed with it
 * once its removal is on record.
 */
export const removedMethods: MakeRule = (known, verdict) => {
  const removedAt = new Map<string, number>();
  return {
    observe({ at, happening }) {
      if (happening.kind === 'item_written' && happening.after.sk.startsWith('V#METHOD#')) {
        const { sk, removedAt: removed } = happening.after;
        const method = sk.slice('V#METHOD#'.length);
        if (removed != null && !removedAt.has(method)) removedAt.set(method, at);
      }
      for (const made of known.ledger.tries.fresh) {
        const since = removedAt.get(made.method);
        if (!made.ours || since === undefined) continue;
        verdict.weigh();
        const claimed = known.cases.attempt(made.key)?.claim.at ?? made.madeAt;
        if (claimed < since) continue;
        verdict.breach(`We charged ${made.charge} to ${made.method}, which had been removed.`);
      }
    },
    conclude() {
      for (const method of removedAt.keys()) {
        verdict.weigh();
        const row = known.ledger.methods.row(method);
        const isGone = row === undefined || row.customer === null;
        if (isGone || known.ledger.deletedCustomers.has(row.customer ?? '')) continue;
        verdict.breach(`${method} is removed here, and still attached to ${row.customer}.`);
      }
    },
  };
};
