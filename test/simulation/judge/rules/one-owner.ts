import type { StripeCall } from '../../evidence.ts';
import { hasEnded, isOver } from '../following/case-item.ts';
import { countOf, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/** A payment with another method than the primary, of a subscription whose default follows it. */
interface Promoted {
  readonly subscription: string;
  readonly customer: string;
  readonly invoice: string;
  /** What it charged by itself when the attempt was put on record. */
  readonly before: readonly (string | null)[];
  readonly method: string;
  readonly at: number;
}

/**
 * A backup that paid does not become what the subscription charges by itself
 * (`save_default_payment_method`): its default is set back, unless somebody chose another since.
 */
export const restoredDefault: MakeRule = (known, verdict) => {
  const promoted: Promoted[] = [];
  /** When somebody else chose what a customer's subscriptions charge. */
  const chosenAt = new Map<string, number>();
  return {
    observe({ at, happening, evidence }) {
      if (happening.kind === 'item_written' && happening.after.sk === 'V#CUSTOMER') {
        const { before, after } = happening;
        const isChosen = countOf(after.primarySetBy) > countOf(before?.primarySetBy);
        if (isChosen) chosenAt.set(after.pk.slice('CUSTOMER#'.length), at);
      }
      if (happening.kind === 'stripe_call' && happening.call.by === 'business') {
        const customer = chooserOf(known, happening.call);
        if (customer !== null) chosenAt.set(customer, at);
      }
      if (evidence.mode === 'own') promoted.push(...promotedNow(known, at));
    },
    conclude() {
      for (const each of promoted) {
        const { subscription, customer, invoice, method, before, at } = each;
        if ((chosenAt.get(customer) ?? -1) > at || known.ledger.deletedCustomers.has(customer))
          continue;
        if (known.ledger.stopped.has(subscription)) continue;
        verdict.weigh();
        if (known.ledger.methods.detachedSince(method) !== undefined) continue;
        if (known.ledger.defaults.latest(subscription) !== method || before.includes(method))
          continue;
        verdict.breach(
          `${subscription} charges ${method} by itself since it paid ${invoice} as a backup; ` +
            `before that it was ${before.join(', ')}.`,
        );
      }
    },
  };
};

/** Whose subscription's or own default a request names. */
function chooserOf(known: Known, { method, path, params }: StripeCall): string | null {
  if (method !== 'POST') return null;
  const [, , kind, id = ''] = path.split('/');
  if (kind === 'invoices' && path.endsWith('/pay')) {
    // Whatever pays by hand becomes the default: that is the choice of whoever paid.
    return textOf(params.payment_method) === null
      ? null
      : (known.ledger.invoice(id)?.customer ?? null);
  }
  // An invoice's own default becomes the subscription's once it has paid.
  if (kind === 'invoices' && params.default_payment_method !== undefined) {
    return known.ledger.invoice(id)?.customer ?? null;
  }
  if (kind === 'customers') return id;
  if (kind !== 'subscriptions' || params.default_payment_method === undefined) return null;
  return known.ledger.customerOfSubscription(id) ?? null;
}

/** What this happening paid with a method that was not the subscription's own. */
function promotedNow(known: Known, at: number): readonly Promoted[] {
  return known.ledger.tries.changed.flatMap((made) => {
    const attempt = made.ours ? known.cases.attempt(made.key) : undefined;
    if (made.status !== 'succeeded' || attempt === undefined || attempt.role === 'primary')
      return [];
    const invoice = known.ledger.invoice(attempt.invoice);
    const subscription = invoice && known.ledger.subscriptionOf(invoice);
    if (subscription?.payment_settings.save_default_payment_method !== 'on_subscription') return [];
    const { basis } = attempt.claim;
    const before = known.ledger.defaults.between(subscription.id, basis, at - 1);
    const { customer, method } = made;
    if (customer === null) return [];
    return [
      { subscription: subscription.id, customer, invoice: attempt.invoice, before, method, at },
    ];
  });
}

/** Stripe's own retries of what we collect, found on again, are switched off again. */
export const takenOverAgain: MakeRule = (known, verdict) => ({
  conclude(evidence) {
    if (evidence.mode !== 'own') return;
    for (const { item } of known.cases.all()) {
      const invoice = known.ledger.invoice(item.invoice);
      if (!item.ownsCollection || isOver(item) || invoice?.status !== 'open') continue;
      verdict.weigh();
      if (!invoice.auto_advance) continue;
      const state = hasEnded(item) ? `${item.state} since long` : item.state;
      verdict.breach(`Stripe collects ${item.invoice} by itself again; its case is ${state}.`);
    }
  },
});
