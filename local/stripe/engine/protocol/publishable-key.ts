import type { StripeState } from '../state.ts';
import { type Answer, errorAnswer } from './answer.ts';
import type { Params } from './parameters.ts';

/** Where the intents stand whose client secret opens them. */
const secretOf: Readonly<Record<string, (state: StripeState, id: string) => string | undefined>> = {
  payment_intents: (state, id) => clientSecretOf(state.tables.payment_intents, id),
  setup_intents: (state, id) => clientSecretOf(state.tables.setup_intents, id),
};

function clientSecretOf(
  rows: readonly { readonly id: string; readonly client_secret: string | null }[],
  id: string,
): string | undefined {
  return rows.find((row) => row.id === id)?.client_secret ?? undefined;
}

/** What Stripe's browser library creates without any secret. */
const open: ReadonlySet<string> = new Set(['POST /v1/payment_methods', 'POST /v1/tokens']);

/** What it does with an intent whose client secret it has, after the intent's id. */
const withSecret: ReadonlySet<string> = new Set([
  'GET',
  'POST confirm',
  'POST verify_microdeposits',
]);

/** Whether a publishable key may ever be used there; the client secret is looked at later. */
export function isOpenToPages(method: string, path: string): boolean {
  return open.has(`${method} ${path}`) || intentOf(method, path) !== undefined;
}

function intentOf(
  method: string,
  path: string,
): { readonly table: string; readonly id: string } | undefined {
  const [, , table = '', id, action, ...more] = path.split('/');
  const named = action === undefined ? method : `${method} ${action}`;
  const fits = Object.hasOwn(secretOf, table) && withSecret.has(named) && more.length === 0;
  return fits && id !== undefined && id !== '' ? { table, id } : undefined;
}

/**
 * Refuses what a publishable key may not do: it stands in every page of the business, so it
 * makes payment methods and finishes an intent whose client secret the page was given, nothing
 * else.
 */
export function refusePublishable(
  state: StripeState,
  request: { readonly method: string; readonly path: string; readonly params: Params },
): Answer | undefined {
  const { method, path, params } = request;
  if (open.has(`${method} ${path}`)) return undefined;
  const intent = intentOf(method, path);
  if (intent === undefined) return secretKeyRequired;
  const { client_secret: given } = params;
  if (typeof given !== 'string' || given === '') {
    return refusal(400, 'Missing required param: client_secret.', {
      code: 'parameter_missing',
      param: 'client_secret',
    });
  }
  if (given === secretOf[intent.table]?.(state, decodeURIComponent(intent.id))) return undefined;
  const kind = intent.table === 'setup_intents' ? 'SetupIntent' : 'PaymentIntent';
  return refusal(
    400,
    `The client_secret provided does not match any associated ${kind} on this account. Ensure ` +
      `the provided client_secret and ${kind} exist on the same account.`,
    { code: 'resource_missing', param: 'client_secret' },
  );
}

function refusal(
  status: number,
  message: string,
  details: { readonly code: string; readonly param?: string },
): Answer {
  return errorAnswer(status, { type: 'invalid_request_error', message, ...details });
}

const secretKeyRequired = refusal(
  401,
  'This API call cannot be made with a publishable API key. Please use a secret API key. You can ' +
    'find a list of your API keys at https://dashboard.stripe.com/account/apikeys.',
  { code: 'secret_key_required' },
);

/**
 * What a page gets to see of an object: the properties that Stripe's reference marks as
 * retrievable with a publishable key (docs.stripe.com/api/payment_intents/object and
 * /setup_intents/object), and a PaymentMethod without what would recognise the card elsewhere.
 */
const shown: Readonly<Record<string, readonly string[]>> = {
  payment_intent: [
    'id',
    'object',
    'amount',
    'amount_details',
    'automatic_payment_methods',
    'canceled_at',
    'cancellation_reason',
    'capture_method',
    'client_secret',
    'confirmation_method',
    'created',
    'currency',
    'description',
    'last_payment_error',
    'livemode',
    'next_action',
    'payment_method',
    'payment_method_configuration_details',
    'payment_method_types',
    'processing',
    'receipt_email',
    'setup_future_usage',
    'shipping',
    'source',
    'status',
  ],
  setup_intent: [
    'id',
    'object',
    'automatic_payment_methods',
    'cancellation_reason',
    'client_secret',
    'created',
    'description',
    'last_setup_error',
    'livemode',
    'next_action',
    'payment_method',
    'payment_method_configuration_details',
    'payment_method_types',
    'status',
    'usage',
  ],
};

const hidden: ReadonlySet<string> = new Set(['fingerprint', 'metadata']);

/** Whose a payment method is, is for the business to know; what a page makes is nobody's yet. */
const blank: ReadonlySet<string> = new Set(['customer', 'customer_account']);

/** The answer as a page gets it, errors with objects in them included. */
export function reduceForPages(answer: Answer): Answer {
  return { ...answer, body: reducedGroup(answer.body) };
}

function reduced(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reduced);
  return typeof value === 'object' && value !== null ? reducedGroup(value) : value;
}

function reducedGroup(group: object): object {
  const entries: readonly [string, unknown][] = Object.entries(group);
  const object = entries.find(([key]) => key === 'object')?.[1];
  const allowed = typeof object === 'string' ? shown[object] : undefined;
  const kept = entries.filter(([key]) => allowed?.includes(key) ?? !hidden.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, blank.has(key) ? null : reduced(value)]),
  );
}
