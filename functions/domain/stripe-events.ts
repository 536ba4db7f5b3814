/**
 * The event types that the webhook acts on; its endpoint at Stripe subscribes to exactly these.
 * `failed` says that an invoice may need collecting, `settled` that it may need none any more.
 */
export const handledEvents = {
  'invoice.payment_failed': 'failed',
  'invoice.payment_action_required': 'failed',
  'invoice.paid': 'settled',
  'invoice.voided': 'settled',
  'invoice.marked_uncollectible': 'settled',
  'invoice.overpaid': 'overpaid',
} as const satisfies Record<string, 'failed' | 'settled' | 'overpaid'>;

export type HandledEventType = keyof typeof handledEvents;

export const handledEventTypes = Object.keys(handledEvents);

export const isHandledEvent = (type: string): type is HandledEventType =>
  Object.hasOwn(handledEvents, type);
