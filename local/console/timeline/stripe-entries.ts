import type { TagKind } from '../../pages/words.ts';
import { words } from '../../pages/words.ts';
import { isJsonLine } from '../../start/json-line.ts';
import type { EventRecord as StripeEvent } from '../../stripe/engine/records.ts';
import type { Delivery } from '../../stripe/webhooks/delivery.ts';
import { type Happening, recordsOf } from '../record.ts';
import type { Placed } from './entry.ts';
import type { Relation } from './relation.ts';

const room = 'Stripe';

/** Events that carry the story: what Stripe did by itself, and what our webhook is told. */
const tellingTypes: Readonly<Record<string, string>> = {
  'invoice.created': 'Stripe makes the invoice',
  'invoice.payment_failed': 'Stripe tells: the payment failed',
  'invoice.payment_action_required': 'Stripe tells: the bank asks the customer',
  'invoice.paid': 'Stripe tells: the invoice is paid',
  'invoice.voided': 'Stripe tells: the invoice was voided',
  'invoice.marked_uncollectible': 'Stripe tells: the invoice was given up',
  'invoice.overpaid': 'Stripe tells: the invoice was paid too much',
};

/** What Stripe did and told about the invoice. */
export function stripeEventEntries(
  happenings: readonly Happening[],
  { events }: Relation,
): readonly Placed[] {
  return recordsOf(happenings, 'stripe_event')
    .filter(({ record }) => events.has(record.id))
    .map(({ at, number, record }) => ({ at, number, room, raw: record, ...tell(record) }));
}

function tell(event: StripeEvent): Pick<Placed, 'title' | 'weight' | 'outcome' | 'lines' | 'ids'> {
  const ids = [event.type, event.id];
  if (event.type === 'charge.failed' || event.type === 'charge.succeeded') {
    return { ...tellCharge(event), ids };
  }
  const title = tellingTypes[event.type];
  if (title === undefined) return { title: `Event ${event.type}`, weight: 'detail', ids };
  return { title, weight: 'step', ids };
}

/** A charge that our request made is told by that request. */
function tellCharge(event: StripeEvent): Pick<Placed, 'title' | 'weight' | 'outcome'> {
  const weight = event.request?.id === null ? 'step' : 'detail';
  return { title: 'Stripe charges the renewal', weight, outcome: outcomeOfCharge(event) };
}

/** What a `charge.*` event says of its charge. */
export function outcomeOfCharge({ type, data }: StripeEvent): {
  readonly kind: TagKind;
  readonly text: string;
} {
  if (type === 'charge.succeeded') return { kind: 'good', text: 'paid' };
  const charge: unknown = data.object;
  const outcome = isJsonLine(charge) ? charge.outcome : undefined;
  const reason = isJsonLine(outcome) ? outcome.reason : undefined;
  return {
    kind: 'bad',
    text: `declined: ${words(typeof reason === 'string' ? reason : 'no reason')}`,
  };
}

/** The ways of the events to our webhook. */
export function deliveryEntries(
  happenings: readonly Happening[],
  { events }: Relation,
): readonly Placed[] {
  return recordsOf(happenings, 'delivery')
    .filter(({ record }) => events.has(record.event))
    .map(({ at, number, record }) => ({ at, number, room, raw: record, ...tellDelivery(record) }));
}

function tellDelivery(
  delivery: Delivery,
): Pick<Placed, 'title' | 'weight' | 'outcome' | 'lines' | 'ids'> {
  const { attempts, event, status, type } = delivery;
  const last = attempts.at(-1);
  if (status === 'in_flight') {
    return { title: `Sends ${type} to the webhook`, weight: 'detail', ids: [event] };
  }
  if (status === 'delivered') {
    const outcome = { kind: 'good', text: `answered ${last?.status}` } as const;
    return { title: `The webhook took ${type}`, weight: 'step', outcome, ids: [event] };
  }
  const kind = status === 'held' ? 'wait' : 'bad';
  const lines = last?.error ? [last.error] : [];
  return {
    title: `Delivery of ${type}`,
    weight: 'step',
    outcome: { kind, text: words(status) },
    lines,
    ids: [event],
  };
}
