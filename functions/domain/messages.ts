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
} from './ids.ts';
import { noticeContentSchema } from './notice/notice-content.ts';
import type { Instant } from './time.ts';

/** The version that senders write; readers accept it and the one before (there is none yet). */
export const messageVersion = 1;

const version = z.literal(messageVersion);
const customer = z.pipe(z.string(), z.transform(customerId));
const invoice = z.pipe(z.string(), z.transform(invoiceId));

/**
 * The queues `retry` and `retry-now`: look at this case. The case itself says whether a pass is
 * due, so a message that arrives twice or late starts nothing by itself. `settle` means that
 * an event said the invoice may no longer be open: ask Stripe even if nothing is due.
 */
export const retryMessageSchema = z.object({
  v: version,
  type: z.enum(['pass', 'settle']),
  customer,
  invoice,
});
export type RetryMessage = {
  readonly v: typeof messageVersion;
  readonly type: 'pass' | 'settle';
  readonly customer: CustomerId;
  readonly invoice: InvoiceId;
};

/** On the queue `retry` too: finish what a change of this customer left to do. */
const finishMessageSchema = z.object({ v: version, type: z.literal('finish'), customer });
export type FinishMessage = {
  readonly v: typeof messageVersion;
  readonly type: 'finish';
  readonly customer: CustomerId;
};

/**
 * On the queue `retry` too: look at this charge at Stripe, because it failed, was disputed, or its
 * card's issuer warned of fraud.
 */
const chargeMessageSchema = z.object({
  v: version,
  type: z.literal('charge'),
  charge: z.pipe(z.string(), z.transform(chargeId)),
  about: z.enum(['failed', 'dispute', 'warning']),
});
export type ChargeMessage = {
  readonly v: typeof messageVersion;
  readonly type: 'charge';
  readonly charge: ChargeId;
  readonly about: 'failed' | 'dispute' | 'warning';
};

/** On the queue `retry` too: something of this customer is other at Stripe than it was. */
const customerMessageSchema = z.object({
  v: version,
  type: z.literal('customer'),
  customer,
  /** The network of a card of theirs gave it new data. */
  byNetwork: z.optional(
    z.object({
      method: z.pipe(z.string(), z.transform(paymentMethodId)),
      /** When Stripe took them in, in whole seconds at Stripe, as epoch milliseconds. */
      at: z.int(),
    }),
  ),
});
export type CustomerMessage = {
  readonly v: typeof messageVersion;
  readonly type: 'customer';
  readonly customer: CustomerId;
  readonly byNetwork?: NetworkUpdate | undefined;
};
export type NetworkUpdate = { readonly method: PaymentMethodId; readonly at: Instant };

/** The same, where only a payment method of the customer's was named. */
const methodMessageSchema = z.object({
  v: version,
  type: z.literal('method'),
  method: z.pipe(z.string(), z.transform(paymentMethodId)),
});
export type MethodMessage = {
  readonly v: typeof messageVersion;
  readonly type: 'method';
  readonly method: PaymentMethodId;
};

/** Whatever comes out of the queues `retry` and `retry-now`. */
export const retryQueueSchema = z.union([
  retryMessageSchema,
  finishMessageSchema,
  chargeMessageSchema,
  customerMessageSchema,
  methodMessageSchema,
]);
export type RetryQueueMessage =
  | RetryMessage
  | FinishMessage
  | ChargeMessage
  | CustomerMessage
  | MethodMessage;

/** The queue `notice`: tell whom it concerns, mostly the owners of this customer. */
export const noticeMessageSchema = z.object({
  v: version,
  customer,
  /** Of a notice about one; left out of any other. */
  invoice: z.optional(invoice),
  notice: noticeContentSchema,
  /** Epoch milliseconds since when SES throttles it; left out before. */
  throttledSince: z.optional(z.int()),
  /** Under which message its mails were claimed before; left out before it was throttled. */
  claimedBy: z.optional(z.string()),
});
export type NoticeMessage = z.output<typeof noticeMessageSchema>;

/**
 * The queue `sign-in`: somebody asked for a link to sign in. Every request is such a message,
 * whoever asked for whatever address; what becomes of it is decided where nobody is waiting.
 */
export const signInMessageSchema = z.object({
  v: version,
  /** Id of the request, so that a message that is sent twice is one mail. */
  request: z.string(),
  /** The mail address that was typed. */
  email: z.string(),
  /** The network address that asked. */
  source: z.string(),
});
export type SignInMessage = z.output<typeof signInMessageSchema>;
