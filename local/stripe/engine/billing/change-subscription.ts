import type { Billing } from '../objects/build-invoice-line.ts';
import { subscriptionOf, updateInvoice, updateSubscription } from '../objects/record-change.ts';
import { invalidRequest } from '../protocol/answer.ts';
import {
  group,
  integer,
  listOf,
  oneOf,
  type Read,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { InvoiceRecord, SubscriptionItemRecord, SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addedInvoiceItems, addInvoiceItems } from './add-invoice-items.ts';
import { finalizeAndCollect } from './advance-draft.ts';
import { finalizeInvoice } from './advance-invoice.ts';
import { changedItem, changeItems, writePace } from './change-items.ts';
import { currentPeriod, inPeriod, inPeriodFrom } from './current-period.ts';
import { draftForSubscription } from './draft-invoice.ts';
import { endTrial } from './end-trial.ts';
import { invoicePending } from './invoice-pending.ts';
import { paymentRequired, refuseWithoutMethod } from './payment-required.ts';
import { planTrialEnd, planUpcoming } from './plan-reminders.ts';
import { planProrations, prorate } from './prorate.ts';
import { futureTrialEnd, timeOrNow } from './sign-up.ts';
import { settingFields, settingsOf } from './subscription-settings.ts';

/** How a caller says why a subscription is to end. */
export const cancellationDetails = group({
  comment: unsettable(text),
  feedback: unsettable(
    oneOf(
      'customer_service',
      'low_quality',
      'missing_features',
      'other',
      'switched_service',
      'too_complex',
      'too_expensive',
      'unused',
    ),
  ),
});

const prorationBehavior = oneOf('always_invoice', 'create_prorations', 'none');
const paymentBehavior = oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete');

/** The parameters that change what is billed, and when. */
const billingFields = {
  add_invoice_items: addedInvoiceItems,
  billing_cycle_anchor: group({ type: oneOf('now', 'unchanged') }),
  items: listOf(changedItem),
  payment_behavior: paymentBehavior,
  proration_behavior: prorationBehavior,
  proration_date: integer,
  trial_end: timeOrNow,
};

/** The parameters of an update. */
export const changeFields = {
  ...settingFields,
  ...billingFields,
  cancellation_details: cancellationDetails,
  pause_collection: unsettable(
    group({
      behavior: oneOf('keep_as_draft', 'mark_uncollectible', 'void'),
      resumes_at: integer,
    }),
  ),
};

export type Change = Read<typeof changeFields>;

/** Changes a subscription, and invoices at once what has to be. */
export function changeSubscription(
  tx: Transaction,
  before: SubscriptionRecord,
  params: Change,
): SubscriptionRecord {
  const draft = applyChange(tx, before, params);
  if (draft !== undefined) collectChange(tx, draft, params);
  return tx.get('subscriptions', before.id);
}

/** Records a change; the draft is of the invoice that it brings about. */
export function applyChange(
  tx: Transaction,
  before: SubscriptionRecord,
  params: Change,
): InvoiceRecord | undefined {
  refuseChange(before, params);
  const items =
    params.items === undefined ? before.items.data : changeItems(tx, before, params.items);
  const settled: SubscriptionRecord = {
    ...before,
    ...settingsOf(tx, before, params),
    ...pauseOf(before, params),
    ...reasonsOf(before, params),
    items: { ...before.items, data: [...items] },
  };
  addInvoiceItems(tx, settled, params.add_invoice_items ?? []);
  const startsAnew = isNewCycle(before, items, params);
  creditAndDebit(tx, before, items, params, startsAnew);
  if (params.trial_end === 'now' && before.status === 'trialing') {
    return endTrial(tx, before, settled);
  }
  if (startsAnew) return startCycle(tx, before, settled, params);
  const after = updateSubscription(tx, before, settled);
  return params.proration_behavior === 'always_invoice' ? invoicePending(tx, after) : undefined;
}

/** What an incomplete subscription keeps until its first invoice is paid (the docs of `status`). */
const settledParameters = ['add_invoice_items', 'items', 'trial_end'] as const;

function refuseChange(before: SubscriptionRecord, params: Change): void {
  const given = Object.keys(params);
  const hasEnded = before.status === 'canceled' || before.status === 'incomplete_expired';
  if (hasEnded && given.some((name) => name !== 'cancellation_details' && name !== 'metadata')) {
    throw invalidRequest(
      'A canceled subscription can only update its cancellation_details and metadata.',
    );
  }
  if (before.status !== 'incomplete') return;
  const restarts = params.billing_cycle_anchor?.type === 'now';
  const param = restarts
    ? 'billing_cycle_anchor'
    : settledParameters.find((name) => params[name] !== undefined);
  if (param === undefined) return;
  throw invalidRequest(
    'This subscription is incomplete: until its first invoice is paid, its items and its billing ' +
      'cycle cannot be changed.',
    { param },
  );
}

function pauseOf(before: SubscriptionRecord, { pause_collection: pause }: Change) {
  if (pause === undefined) return { pause_collection: before.pause_collection };
  if (pause === null) return { pause_collection: null };
  if (pause.behavior === undefined) {
    throw invalidRequest('Missing required param: pause_collection[behavior].', {
      code: 'parameter_missing',
      param: 'pause_collection[behavior]',
    });
  }
  return { pause_collection: { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null } };
}

function reasonsOf(
  before: SubscriptionRecord,
  { cancellation_details: given }: Change,
): Partial<SubscriptionRecord> {
  if (given === undefined) return {};
  return { cancellation_details: detailsOf(before, given) };
}

/** What is known of why a subscription ends, with what the caller adds. */
export function detailsOf(
  { cancellation_details: before }: SubscriptionRecord,
  given: ReturnType<typeof cancellationDetails> | undefined,
): SubscriptionRecord['cancellation_details'] {
  const none = { comment: null, feedback: null, feedback_option: null, reason: null };
  return { ...none, ...before, ...given };
}

/**
 * Whether a change begins a new cycle now: it is asked to, a trial begins, the interval changes,
 * or what was free is no longer (docs.stripe.com/billing/subscriptions/billing-cycle).
 */
function isNewCycle(
  before: SubscriptionRecord,
  items: readonly SubscriptionItemRecord[],
  params: Change,
): boolean {
  if (params.billing_cycle_anchor?.type === 'now') return true;
  if (typeof params.trial_end === 'number') return true;
  if (before.status === 'trialing' || before.status === 'paused') return false;
  const [was] = before.items.data;
  const [is] = items;
  if (was === undefined || is === undefined) return false;
  const isFree = (all: readonly SubscriptionItemRecord[]) =>
    all.every(({ price }) => Number(price.unit_amount_decimal) === 0);
  const begins = isFree(before.items.data) && !isFree(items);
  return begins || writePace(was.price) !== writePace(is.price);
}

/** A trial costs nothing, so there is nothing to be credited of it either. */
function creditAndDebit(
  tx: Transaction,
  before: SubscriptionRecord,
  items: readonly SubscriptionItemRecord[],
  params: Change,
  isNewPeriod: boolean,
): void {
  const isBilled = before.status !== 'trialing' && before.status !== 'paused';
  if (params.proration_behavior === 'none' || !isBilled) return;
  const at = params.proration_date ?? tx.now;
  const { start, end } = currentPeriod(before);
  if (at < start || at > end) {
    throw invalidRequest(
      `Invalid proration date: it must be within the current period, ${start} to ${end}.`,
      { param: 'proration_date' },
    );
  }
  prorate(tx, before, planProrations(before.items.data, items, isNewPeriod), at);
}

function startCycle(
  tx: Transaction,
  before: SubscriptionRecord,
  settled: SubscriptionRecord,
  params: Change,
): InvoiceRecord {
  const started =
    typeof params.trial_end === 'number'
      ? onTrial(tx, settled, futureTrialEnd(tx, params.trial_end))
      : inPeriodFrom({ ...settled, billing_cycle_anchor: tx.now }, tx.now);
  const billing: Billing = { kind: started.status === 'trialing' ? 'trial' : 'whole' };
  const draft = draftForSubscription(tx, started, {
    billingReason: 'subscription_update',
    billing,
    period: { start: currentPeriod(before).start, end: tx.now },
  });
  const after = updateSubscription(tx, before, { ...started, latest_invoice: draft.id });
  planUpcoming(tx, after);
  if (billing.kind === 'trial') planTrialEnd(tx, after);
  return draft;
}

/** On trial from now until a time, at which the cycle begins. */
function onTrial(tx: Transaction, settled: SubscriptionRecord, end: number): SubscriptionRecord {
  const start = settled.status === 'trialing' ? (settled.trial_start ?? tx.now) : tx.now;
  return inPeriod(
    {
      ...settled,
      billing_cycle_anchor: end,
      status: 'trialing',
      trial_end: end,
      trial_start: start,
    },
    { start, end },
  );
}

/** The invoice of a change is finalised at once, and tried as the caller asks. */
function collectChange(
  tx: Transaction,
  draft: InvoiceRecord,
  { off_session: offSession = false, payment_behavior: behavior }: Change,
): void {
  if (behavior === 'default_incomplete') {
    const open = finalizeInvoice(tx, draft);
    if (open.status === 'open') leaveToCaller(tx, open);
    return;
  }
  refuseWithoutMethod(tx, draft);
  const attempted = finalizeAndCollect(tx, draft, offSession);
  const isOpen = tx.get('invoices', draft.id).status === 'open';
  const isCharged = draft.collection_method === 'charge_automatically';
  if (isOpen && isCharged && behavior === 'error_if_incomplete') {
    if (attempted?.kind !== 'processing') throw paymentRequired(attempted);
  }
}

/** Nothing is tried: the customer confirms the payment, and until then it is past due. */
function leaveToCaller(tx: Transaction, open: InvoiceRecord): void {
  updateInvoice(tx, open, { auto_advance: false });
  const subscription = subscriptionOf(tx, open);
  if (subscription?.status === 'active') {
    updateSubscription(tx, subscription, { status: 'past_due' });
  }
}
