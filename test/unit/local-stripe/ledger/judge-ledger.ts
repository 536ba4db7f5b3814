import type {
  ChargeRecord,
  InvoiceRecord,
  PaymentIntentRecord,
  SubscriptionRecord,
  TableName,
} from '../../../../local/stripe/engine/records.ts';
import type { StripeState } from '../../../../local/stripe/engine/state.ts';

/**
 * Reads a whole account and says, one sentence each, what cannot be true of it at the same time.
 * It knows what the numbers mean, and nothing of how the engine comes to them.
 */
export function contradictionsIn(state: StripeState): string[] {
  const index = indexOf(state);
  return [
    ...doubleIds(state),
    ...brokenReferences(state, index),
    ...state.tables.invoices.flatMap((invoice) => wrongInvoice(invoice, index)),
    ...state.tables.payment_intents.flatMap((intent) => wrongIntent(intent, index)),
    ...state.tables.charges.flatMap((charge) => wrongCharge(charge, index)),
    ...state.tables.subscriptions.flatMap((row) => wrongSubscription(row, index)),
    ...state.tables.customers.flatMap((row) => wrongCustomer(row.id, index)),
  ];
}

type Rows = StripeState['tables'];

interface Index {
  readonly tables: Rows;
  readonly ids: ReadonlySet<string>;
  readonly chargesOfIntent: ReadonlyMap<string, readonly ChargeRecord[]>;
  readonly intents: ReadonlyMap<string, PaymentIntentRecord>;
  readonly invoices: ReadonlyMap<string, InvoiceRecord>;
}

function indexOf({ tables }: StripeState): Index {
  return {
    tables,
    ids: new Set(tableNames(tables).flatMap((name) => tables[name].map(({ id }) => id))),
    chargesOfIntent: Map.groupBy(tables.charges, (charge) => charge.payment_intent),
    intents: new Map(tables.payment_intents.map((row) => [row.id, row])),
    invoices: new Map(tables.invoices.map((row) => [row.id, row])),
  };
}

function tableNames(tables: Rows): TableName[] {
  // The keys of the account's tables are their names, and there are no others.
  return Object.keys(tables) as TableName[];
}

function doubleIds({ tables }: StripeState): string[] {
  return tableNames(tables).flatMap((name) => {
    const ids = tables[name].map(({ id }) => id);
    return new Set(ids).size === ids.length ? [] : [`${name} holds an id twice`];
  });
}

/** Ids that name other objects of the account; what an event holds is of its own time. */
const reference =
  /^(cus|pm|pi|ch|in|sub|si|seti|setatt|mandate|re|dp|du|inpay|clock|ii)_[0-9A-Za-z]+$/;

/** Tables that remember what is gone, and say so: a detached card, an ended test clock. */
const historical: ReadonlySet<string> = new Set(['events', 'payment_work', 'reminders']);

/** Properties that tell of what may be gone by now. */
const ofItsTime: ReadonlySet<string> = new Set([
  'last_payment_error',
  'last_setup_error',
  'metadata',
  'test_clock',
]);

function brokenReferences({ tables }: StripeState, { ids }: Index): string[] {
  const items = tables.subscriptions.flatMap(({ items: { data } }) => data.map(({ id }) => id));
  const known = new Set([...ids, ...items]);
  return tableNames(tables)
    .filter((name) => !historical.has(name))
    .flatMap((name) => tables[name].flatMap((row) => referencesIn(row)))
    .filter((id) => !known.has(id))
    .map((id) => `${id} is named and does not exist`);
}

function referencesIn(value: unknown, key = ''): string[] {
  if (ofItsTime.has(key)) return [];
  if (typeof value === 'string') return key !== 'id' && reference.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, each]) => referencesIn(each, inner));
}

const check = (isTrue: boolean, sentence: string): string[] => (isTrue ? [] : [sentence]);

function wrongInvoice(invoice: InvoiceRecord, index: Index): string[] {
  const { id, amount_due: due, amount_paid: paid, amount_remaining: remaining, status } = invoice;
  const payments = index.tables.invoice_payments.filter((row) => row.invoice === id);
  const settled = payments.filter((row) => row.status === 'paid');
  const succeeded = payments
    .flatMap((row) => index.chargesOfIntent.get(row.payment.payment_intent) ?? [])
    .filter((charge) => charge.status === 'succeeded');
  const isOutOfBand = (invoice.amount_paid_off_stripe ?? 0) > 0;
  return [
    ...check(due >= 0, `${id} is due with ${due}`),
    ...check(paid + remaining === due, `${id}: ${paid} paid and ${remaining} left of ${due}`),
    ...check(succeeded.length <= 1, `${id} was charged ${succeeded.length} times`),
    ...check(settled.length <= 1, `${id} has ${settled.length} paid payments`),
    ...check(
      (status === 'paid') === (remaining === 0 && status !== 'draft' && status !== 'void') ||
        due === 0,
      `${id} is ${status} with ${remaining} left`,
    ),
    ...check(
      status !== 'paid' || settled.length === 1 || isOutOfBand || due === 0,
      `${id} is paid by nothing`,
    ),
    ...check(settled.length === 0 || status === 'paid', `${id} is ${status} and has been paid`),
    ...check(
      succeeded.length === 0 || status === 'paid' || isReturned(succeeded),
      `${id} is ${status} and was charged`,
    ),
    ...check(
      status === 'draft' || invoice.status_transitions.finalized_at !== null,
      `${id} is ${status} and was never finalised`,
    ),
    ...check(
      (status === 'paid') === (invoice.status_transitions.paid_at !== null),
      `${id} is ${status}, paid at ${invoice.status_transitions.paid_at}`,
    ),
    ...check(
      status === 'open' || status === 'draft' || invoice.next_payment_attempt === null,
      `${id} is ${status} and will be collected`,
    ),
    ...check(
      invoice.lines.data.reduce((sum, { amount }) => sum + amount, 0) === invoice.subtotal,
      `the lines of ${id} do not add up to ${invoice.subtotal}`,
    ),
  ];
}

/** A debit that was returned after it had succeeded comes back as a dispute. */
const isReturned = (charges: readonly ChargeRecord[]) => charges.some(({ disputed }) => disputed);

function wrongIntent(intent: PaymentIntentRecord, { chargesOfIntent }: Index): string[] {
  const { id, status } = intent;
  const charges = chargesOfIntent.get(id) ?? [];
  const succeeded = charges.filter((charge) => charge.status === 'succeeded');
  const captured = succeeded.reduce((sum, charge) => sum + charge.amount_captured, 0);
  const pending = charges.filter((charge) => charge.status === 'pending');
  return [
    ...check(succeeded.length <= 1, `${id} has ${succeeded.length} charges that succeeded`),
    ...check(intent.amount_received === captured, `${id} received other than its charges`),
    ...check(status !== 'succeeded' || captured > 0, `${id} succeeded without a charge`),
    ...check(
      captured === 0 || status === 'succeeded' || isReturned(succeeded),
      `${id} is ${status} and has received ${captured}`,
    ),
    ...check(
      (pending.length === 1) === (status === 'processing'),
      `${id} is ${status}, pending ${pending.length}`,
    ),
    ...check(
      status !== 'canceled' || intent.canceled_at !== null,
      `${id} was cancelled at no time`,
    ),
    ...check(
      (intent.latest_charge ?? charges.at(-1)?.id) === charges.at(-1)?.id,
      `${id} has another latest charge`,
    ),
    ...check(
      status === 'requires_capture' || intent.amount_capturable === 0,
      `${id} is ${status} and can be captured`,
    ),
  ];
}

function wrongCharge(charge: ChargeRecord, { tables, intents }: Index): string[] {
  const { id, amount, amount_captured: captured, amount_refunded: refunded, status } = charge;
  const refunds = tables.refunds.filter((row) => row.charge === id && row.status !== 'failed');
  const returned = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return [
    ...check(captured <= amount, `${id} captured more than its ${amount}`),
    ...check(refunded <= captured, `${id} refunded ${refunded} of ${captured}`),
    ...check(returned === refunded, `${id} refunded ${refunded}, its refunds ${returned}`),
    ...check(
      charge.refunded === (refunded > 0 && refunded === captured),
      `${id} is ${charge.refunded ? '' : 'not '}refunded with ${refunded} of ${captured}`,
    ),
    ...check(charge.paid === (status === 'succeeded'), `${id} is ${status}, paid ${charge.paid}`),
    ...check(status !== 'failed' || captured === 0, `${id} failed and captured ${captured}`),
    ...check(
      (status === 'failed') === (charge.failure_code !== null),
      `${id} is ${status} with ${charge.failure_code}`,
    ),
    ...check(intents.get(charge.payment_intent)?.currency === charge.currency, `${id}: currency`),
  ];
}

/** What the latest invoice may be in each status of its subscription. */
function wrongSubscription(subscription: SubscriptionRecord, { invoices }: Index): string[] {
  const { id, status, latest_invoice: latest } = subscription;
  const invoice = latest === null ? undefined : invoices.get(latest);
  const hasEnded = status === 'canceled' || status === 'incomplete_expired';
  const isOwed = invoice?.status === 'open' || invoice?.status === 'uncollectible';
  const [first] = subscription.items.data;
  return [
    ...check(hasEnded === (subscription.ended_at !== null), `${id} is ${status}, ended_at`),
    ...check(
      status !== 'incomplete' || isOwed,
      `${id} is incomplete, its latest invoice ${invoice?.status}`,
    ),
    // It goes on being renewed, and stays past due with the draft of its next period.
    ...check(
      status !== 'past_due' || isOwed || invoice?.status === 'draft',
      `${id} is past due, its latest invoice ${invoice?.status}`,
    ),
    ...check(
      status !== 'trialing' || subscription.trial_end !== null,
      `${id} is trialing without an end`,
    ),
    ...check(
      first === undefined || first.current_period_end > first.current_period_start,
      `${id} has a period that ends before it begins`,
    ),
    ...check(
      subscription.cancel_at === null || hasEnded || subscription.cancel_at >= subscription.created,
      `${id} is to be cancelled before it began`,
    ),
  ];
}

/** A deleted customer has nothing left that could be charged. */
function wrongCustomer(id: string, { tables }: Index): string[] {
  const customer = tables.customers.find((row) => row.id === id);
  if (customer === undefined || !customer.deleted) {
    const method = customer?.invoice_settings.default_payment_method ?? null;
    const owned = tables.payment_methods.find((row) => row.id === method);
    return check(method === null || owned?.customer === id, `${id} pays with what is not theirs`);
  }
  const live = tables.subscriptions.filter((row) => row.customer === id && row.ended_at === null);
  const methods = tables.payment_methods.filter((row) => row.customer === id);
  return check(live.length + methods.length === 0, `${id} is deleted and has things left`);
}
