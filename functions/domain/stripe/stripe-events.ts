/**
 * The event types that the webhook acts on; its endpoint at Stripe subscribes to exactly these, and
 * `events.list` takes at most 20. Each says what it is worth a look at:
 * - `failed`: an invoice may need collecting; `settled`: it may need none any more;
 * - `charge_failed`, `disputed`, `warned`: what became of a charge;
 * - `customer`: the customer itself is other than it was; `of_customer`: something of theirs is;
 * - `detached`: a payment method, which names its customer no more;
 * - `mandate`: a mandate, which names only the payment method.
 */
export const handledEvents = {
  'invoice.payment_failed': 'failed',
  'invoice.payment_action_required': 'failed',
  'invoice.paid': 'settled',
  'invoice.voided': 'settled',
  'invoice.marked_uncollectible': 'settled',
  'invoice.overpaid': 'overpaid',
  'charge.failed': 'charge_failed',
  'charge.dispute.created': 'disputed',
  'charge.dispute.closed': 'disputed',
  'radar.early_fraud_warning.created': 'warned',
  'customer.updated': 'customer',
  'customer.deleted': 'customer',
  'customer.subscription.updated': 'of_customer',
  'customer.subscription.deleted': 'of_customer',
  'customer.subscription.paused': 'of_customer',
  'payment_method.updated': 'of_customer',
  'payment_method.automatically_updated': 'of_customer',
  'payment_method.detached': 'detached',
  'mandate.updated': 'mandate',
} as const satisfies Record<string, string>;

export type HandledEventType = keyof typeof handledEvents;

export const handledEventTypes = Object.keys(handledEvents);

export const isHandledEvent = (type: string): type is HandledEventType =>
  Object.hasOwn(handledEvents, type);

/**
 * Types that tell of many changes, with the few that matter here: the rest, such as a new period of
 * a subscription or a customer's balance, comes with every healthy renewal.
 */
const changesThatMatter: Readonly<Partial<Record<HandledEventType, readonly string[]>>> = {
  'customer.subscription.updated': [
    'default_payment_method',
    'default_source',
    'metadata',
    'pause_collection',
    'status',
  ],
  'customer.updated': [
    'address',
    'default_source',
    'email',
    'invoice_settings',
    'metadata',
    'name',
    'phone',
    'preferred_locales',
    'shipping',
    'tax_exempt',
  ],
};

/** Whether an event of this type that names these attributes as changed is worth a look. */
export function isWorthALook(type: HandledEventType, changed: readonly string[]): boolean {
  const matter = changesThatMatter[type];
  return matter === undefined || changed.some((name) => matter.includes(name));
}
