import * as z from 'zod/mini';
import { type CustomerId, customerId, type InvoiceId, invoiceId } from '../domain/ids.ts';
import { handledEvents, isHandledEvent } from '../domain/stripe-events.ts';

/** The whole of what is taken from an event: which invoice of which customer to look at. */
export type Hint =
  | {
      readonly hint: 'failed' | 'settled' | 'overpaid';
      readonly customer: CustomerId;
      readonly invoice: InvoiceId;
    }
  | { readonly hint: 'ignored'; readonly why: 'type' | 'livemode' | 'other_account' | 'shape' };

/** Ids of an event, for the log. */
export interface EventIds {
  readonly event: string;
  readonly type: string;
}

const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  livemode: z.boolean(),
  /** Set on events of a connected account, which is not the one that this deployment serves. */
  account: z.optional(z.nullable(z.string())),
  data: z.object({ object: z.unknown() }),
});

const id = z.pipe(
  z.union([z.string(), z.object({ id: z.string() })]),
  z.transform((reference) => (typeof reference === 'string' ? reference : reference.id)),
);
const invoiceSchema = z.object({ id: z.string().check(z.minLength(1)), customer: id });

/**
 * What a verified event hints at. No state is read from it: events come late, twice and in any
 * order, so the pass asks Stripe. `null` where the body is no event at all.
 * @param livemode The world that this deployment serves.
 */
export function interpretEvent(
  body: unknown,
  livemode: boolean,
): { readonly ids: EventIds; readonly hint: Hint } | null {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) return null;
  const { id: event, type, account, data } = parsed.data;
  return { ids: { event, type }, hint: hintOf() };

  function hintOf(): Hint {
    if (!isHandledEvent(type)) return { hint: 'ignored', why: 'type' };
    if (parsed.data?.livemode !== livemode) return { hint: 'ignored', why: 'livemode' };
    if (typeof account === 'string') return { hint: 'ignored', why: 'other_account' };
    const invoice = invoiceSchema.safeParse(data.object);
    if (!invoice.success) return { hint: 'ignored', why: 'shape' };
    return {
      hint: handledEvents[type],
      customer: customerId(invoice.data.customer),
      invoice: invoiceId(invoice.data.id),
    };
  }
}
