import * as z from 'zod/mini';
import {
  type ChargeId,
  type CustomerId,
  chargeId,
  customerId,
  type InvoiceId,
  invoiceId,
  type PaymentMethodId,
  paymentMethodId,
} from '../domain/ids.ts';
import type { NetworkUpdate } from '../domain/messages.ts';
import {
  type HandledEventType,
  handledEvents,
  isHandledEvent,
  isWorthALook,
} from '../domain/stripe/stripe-events.ts';

/** The whole of what is taken from an event: which object of Stripe's to look at. */
export type Hint =
  | {
      readonly hint: 'failed' | 'settled' | 'overpaid';
      readonly customer: CustomerId;
      readonly invoice: InvoiceId;
    }
  | { readonly hint: 'charge_failed'; readonly customer: CustomerId; readonly charge: ChargeId }
  | { readonly hint: 'disputed' | 'warned'; readonly charge: ChargeId }
  | {
      readonly hint: 'customer';
      readonly customer: CustomerId;
      /** The network of this card gave it new data; left out of whatever else changed. */
      readonly byNetwork?: NetworkUpdate;
    }
  | { readonly hint: 'method'; readonly method: PaymentMethodId }
  | { readonly hint: 'ignored'; readonly why: Ignored };

/** `change`: of a kind that every healthy renewal brings; `shape`: it names nobody of ours. */
type Ignored = 'type' | 'livemode' | 'other_account' | 'change' | 'shape';

/** Ids of an event, for the log. */
export interface EventIds {
  readonly event: string;
  readonly type: string;
}

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** Whole seconds. */
  created: z.int(),
  livemode: z.boolean(),
  /** Set on events of a connected account, which is not the one that this deployment serves. */
  account: z.optional(z.nullable(z.string())),
  data: z.object({
    object: z.unknown(),
    previous_attributes: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  }),
});
type StripeEvent = z.output<typeof eventSchema>;

const id = z
  .pipe(
    z.union([z.string(), z.object({ id: z.string() })]),
    z.transform((reference) => (typeof reference === 'string' ? reference : reference.id)),
  )
  .check(z.minLength(1));
const ofCustomer = z.object({ id, customer: id });
const ofCharge = z.object({ charge: id });
const ofMethod = z.object({ payment_method: id });

/**
 * What a verified event hints at. No state is read from it: events come late, twice and in any
 * order, so whoever follows the hint asks Stripe. `null` where the body is no event at all.
 * @param livemode The world that this deployment serves.
 */
export function interpretEvent(
  body: unknown,
  livemode: boolean,
): { readonly ids: EventIds; readonly hint: Hint } | null {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return null;
  const { id: event, type } = parsed.data;
  return { ids: { event, type }, hint: hintOf(parsed.data, livemode) };
}

function hintOf(event: StripeEvent, livemode: boolean): Hint {
  const { type, account, data } = event;
  if (!isHandledEvent(type)) return { hint: 'ignored', why: 'type' };
  if (event.livemode !== livemode) return { hint: 'ignored', why: 'livemode' };
  if (typeof account === 'string') return { hint: 'ignored', why: 'other_account' };
  const changed = Object.keys(data.previous_attributes ?? {});
  if (!isWorthALook(type, changed)) return { hint: 'ignored', why: 'change' };
  return named(type, event) ?? { hint: 'ignored', why: 'shape' };
}

/** The ids that an event of this type gives; `null` where it has them not. */
function named(
  type: HandledEventType,
  { created, data: { object, previous_attributes: before } }: StripeEvent,
): Hint | null {
  const hint = handledEvents[type];
  switch (hint) {
    case 'failed':
    case 'settled':
    case 'overpaid':
      return read(ofCustomer, object, ({ id, customer }) => ({
        hint,
        customer: customerId(customer),
        invoice: invoiceId(id),
      }));
    case 'charge_failed':
      return read(ofCustomer, object, ({ id, customer }) => ({
        hint,
        customer: customerId(customer),
        charge: chargeId(id),
      }));
    case 'disputed':
    case 'warned':
      return read(ofCharge, object, ({ charge }) => ({ hint, charge: chargeId(charge) }));
    case 'customer':
      return read(id, object, (customer) => ({ hint, customer: customerId(customer) }));
    case 'of_customer':
      return read(ofCustomer, object, ({ id, customer }) => ({
        ...toCustomer({ customer }),
        ...(type === 'payment_method.automatically_updated' && {
          byNetwork: { method: paymentMethodId(id), at: created * 1000 },
        }),
      }));
    case 'detached':
      // What is detached has no customer any more: whose it was is said beside it alone.
      return read(z.object({ customer: id }), before, toCustomer);
    case 'mandate':
      return read(ofMethod, object, ({ payment_method: method }) => ({
        hint: 'method',
        method: paymentMethodId(method),
      }));
  }
}

const toCustomer = ({ customer }: { readonly customer: string }) => ({
  hint: 'customer' as const,
  customer: customerId(customer),
});

function read<Output>(
  schema: z.ZodMiniType<Output>,
  value: unknown,
  make: (output: Output) => Hint,
): Hint | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? make(parsed.data) : null;
}
