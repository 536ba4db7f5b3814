import { invalidParameter } from './answer.ts';
import { isBefore } from './api-versions.ts';
import type { Params, ParamValue } from './parameters.ts';
import { fitsPattern } from './path-pattern.ts';

/** One parameter that Stripe removed, and what it is called since. */
interface Removed {
  /** The first version that refuses it. */
  readonly since: string;
  readonly param: string;
  /** Endpoints as `POST /v1/setup_intents/*`; `*` stands for one piece of the path. */
  readonly endpoints: readonly string[];
  /** The parameters that say the same today. */
  readonly now: (value: ParamValue, params: Params) => Params;
  /** The error code of Stripe's own refusal, where it is not that of any unknown parameter. */
  readonly code?: string;
}

const intents = (...names: readonly string[]) => names.map((name) => `POST /v1/${name}`);

/** A list wins over what was given in both ways; Stripe refused both together. */
const inDiscounts = (kind: string) => (value: ParamValue) => ({ discounts: [{ [kind]: value }] });

/**
 * From docs.stripe.com/changelog, for the resources that are modelled, newest first. Answers
 * are in the shape of the pinned version all the same.
 */
const removed: readonly Removed[] = [
  {
    // changelog/endive/2026-09-30/removes-the-payment-method-types-parameter-...
    since: '2026-09-30.endive',
    param: 'payment_method_types',
    endpoints: intents(
      'payment_intents',
      'payment_intents/*',
      'payment_intents/*/confirm',
      'setup_intents',
      'setup_intents/*',
    ),
    now: (value) => ({ allowed_payment_method_types: value }),
    code: 'payment_method_types_no_longer_supported',
  },
  ...['coupon', 'promotion_code'].map((param) => ({
    // changelog/basil/2025-03-31/deprecate-singular-coupon-promotion-code
    since: '2025-03-31.basil',
    param,
    endpoints: intents('subscriptions', 'subscriptions/*'),
    now: inDiscounts(param),
  })),
  {
    // changelog/basil/2025-03-31: invoice items take `pricing` in the place of `price`.
    since: '2025-03-31.basil',
    param: 'price',
    endpoints: intents('invoiceitems', 'invoiceitems/*'),
    now: (price) => ({ pricing: { price } }),
  },
  {
    // changelog/basil/2025-03-31: an invoice item is an amount, or a price; a unit amount was
    // multiplied by the quantity, 1 unless given.
    since: '2025-03-31.basil',
    param: 'unit_amount',
    endpoints: intents('invoiceitems', 'invoiceitems/*'),
    now: (value, params) => ({ amount: String(Number(value) * Number(params.quantity ?? 1)) }),
  },
  {
    // changelog/2020-08-27/deprecates-prorate-parameters-subscriptions
    since: '2020-08-27',
    param: 'prorate',
    endpoints: [
      ...intents('subscriptions', 'subscriptions/*', 'subscription_items', 'subscription_items/*'),
      'DELETE /v1/subscription_items/*',
    ],
    now: (value) => ({ proration_behavior: value === 'false' ? 'none' : 'create_prorations' }),
  },
];

/**
 * The parameters of a request as the pinned version names them: what later versions removed is
 * put in today's words. Parameters that today's version has stay as they are.
 *
 * @throws Refusal for a parameter that this version no longer has and Stripe refuses by a code
 * of its own; any other one is left for the endpoint to refuse.
 */
export function readAtVersion(
  version: string,
  method: string,
  path: string,
  params: Params,
): Params {
  const given = removed.filter(
    ({ param, endpoints }) =>
      Object.hasOwn(params, param) &&
      endpoints.some((endpoint) => fitsPattern(endpoint, `${method} ${path}`)),
  );
  return given.reduce((read, each) => translated(each, version, read), params);
}

function translated(each: Removed, version: string, params: Params): Params {
  if (!isBefore(version, each.since)) {
    if (each.code === undefined) return params;
    throw invalidParameter(
      `The parameter \`${each.param}\` is no longer supported since API version ${each.since}. ` +
        `Use \`${Object.keys(each.now('', {})).join('`, `')}\` in its place.`,
      each.param,
      each.code,
    );
  }
  const { [each.param]: value, ...others } = params;
  return value === undefined ? params : { ...each.now(value, params), ...others };
}
