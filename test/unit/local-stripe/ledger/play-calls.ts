import * as fc from 'fast-check';
import { type Handled, handle } from '../../../../local/stripe/engine/handle.ts';
import { setCardOutcomes } from '../../../../local/stripe/engine/local-operations/cards.ts';
import {
  decideDisputeNow,
  finishAuthenticationNow,
  openDisputeNow,
  returnDebitNow,
  settleDebitNow,
} from '../../../../local/stripe/engine/local-operations/payments.ts';
import { paramsOf } from '../../../../local/stripe/engine/protocol/form.ts';
import { emptyAccount, type StripeState } from '../../../../local/stripe/engine/state.ts';
import { tick } from '../../../../local/stripe/engine/tick.ts';
import { dayMs, hourMs, startAt } from '../world.ts';

/** One thing that a caller, a card or the clock does; `which` picks among what there is. */
export interface Call {
  readonly kind: CallKind;
  readonly which: number;
  readonly size: number;
}

export interface Play {
  readonly state: StripeState;
  readonly now: number;
}

interface Request {
  readonly method?: string;
  readonly path: string;
  readonly params?: object;
}

const tokens = [
  'pm_card_visa',
  'pm_card_mastercard',
  'pm_card_chargeCustomerFail',
  'pm_card_authenticationRequired',
];

const banks = ['success', 'accountClosed', 'insufficientFunds', 'dispute', 'processing'];

const mandate = { customer_acceptance: { type: 'offline' } };

const outcomes = [['succeeded'], ['insufficient_funds', 'succeeded'], ['do_not_honor']] as const;

/** The one of these that a call means; undefined where there is none. */
function pick<T>(rows: readonly T[], which: number): T | undefined {
  return rows[which % Math.max(1, rows.length)];
}

const live = (state: StripeState) => state.tables.customers.filter((row) => !row.deleted);
const idOf = (rows: readonly { readonly id: string }[], which: number) =>
  pick(rows, which)?.id ?? 'none_1';

/** What each kind of call asks of Stripe; most fit the account, and what does not is refused. */
const requests = {
  create_customer: () => ({
    path: '/v1/customers',
    params: {
      name: 'Ada',
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    },
  }),
  delete_customer: ({ state }, { which }) => ({
    method: 'DELETE',
    path: `/v1/customers/${idOf(live(state), which)}`,
  }),
  attach: ({ state }, { which, size }) => ({
    path: `/v1/payment_methods/${pick(tokens, size)}/attach`,
    params: { customer: idOf(live(state), which) },
  }),
  detach: ({ state }, { which }) => ({
    path: `/v1/payment_methods/${idOf(state.tables.payment_methods, which)}/detach`,
  }),
  save_bank: ({ state }, { which, size }) => ({
    path: '/v1/setup_intents',
    params: {
      customer: idOf(live(state), which),
      payment_method: `pm_usBankAccount_${pick(banks, size)}`,
      allowed_payment_method_types: ['us_bank_account'],
      mandate_data: mandate,
      confirm: true,
    },
  }),
  verify_bank: ({ state }, { which }) => ({
    path: `/v1/setup_intents/${idOf(askingOf(state), which)}/verify_microdeposits`,
    params: { amounts: [32, 45] },
  }),
  set_default: ({ state }, { which }) => {
    const method = pick(
      state.tables.payment_methods.filter(({ customer }) => customer !== null),
      which,
    );
    return {
      path: `/v1/customers/${method?.customer ?? 'none_1'}`,
      params: { invoice_settings: { default_payment_method: method?.id ?? 'none_1' } },
    };
  },
  create_price: (_play, { which, size }) => ({
    path: '/v1/prices',
    params: {
      currency: 'usd',
      unit_amount: size * 37,
      recurring: { interval: which % 2 === 0 ? 'month' : 'week' },
      product_data: { name: 'Plan' },
    },
  }),
  subscribe: ({ state }, { which, size }) => ({
    path: '/v1/subscriptions',
    params: {
      customer: idOf(live(state), which),
      items: [{ price: idOf(state.tables.prices, size), quantity: 1 + (size % 3) }],
      ...(size % 4 === 0 ? { trial_period_days: 1 + size } : {}),
      ...(size % 5 === 1 ? { payment_behavior: 'default_incomplete' } : {}),
    },
  }),
  change_quantity: ({ state }, { which, size }) => {
    const subscription = pick(state.tables.subscriptions, which);
    const item = subscription?.items.data[0]?.id ?? 'none_1';
    return {
      path: `/v1/subscriptions/${subscription?.id ?? 'none_1'}`,
      params: { items: [{ id: item, quantity: 1 + size }] },
    };
  },
  pause: ({ state }, { which, size }) => ({
    path: `/v1/subscriptions/${idOf(state.tables.subscriptions, which)}`,
    params: {
      pause_collection: {
        behavior: pick(['keep_as_draft', 'mark_uncollectible', 'void'], size),
      },
    },
  }),
  resume: ({ state }, { which }) => ({
    path: `/v1/subscriptions/${idOf(state.tables.subscriptions, which)}`,
    params: { pause_collection: '' },
  }),
  cancel: ({ state }, { which }) => ({
    method: 'DELETE',
    path: `/v1/subscriptions/${idOf(state.tables.subscriptions, which)}`,
  }),
  cancel_at_end: ({ state }, { which, size }) => ({
    path: `/v1/subscriptions/${idOf(state.tables.subscriptions, which)}`,
    params: { cancel_at_period_end: size % 2 === 0 },
  }),
  add_item: ({ state }, { which, size }) => ({
    path: '/v1/invoiceitems',
    params: { customer: idOf(live(state), which), currency: 'usd', amount: (size - 2) * 101 },
  }),
  create_invoice: ({ state }, { which, size }) => ({
    path: '/v1/invoices',
    params: {
      customer: idOf(live(state), which),
      auto_advance: size % 2 === 0,
      pending_invoice_items_behavior: 'include',
    },
  }),
  finalize: ({ state }, { which }) => ({
    path: `/v1/invoices/${idOf(draftsOf(state), which)}/finalize`,
  }),
  pay: ({ state }, { which, size }) => {
    const invoice = pick(openOf(state), which);
    const own = state.tables.payment_methods.filter((row) => row.customer === invoice?.customer);
    return {
      path: `/v1/invoices/${invoice?.id ?? 'none_1'}/pay`,
      params: size % 2 === 0 ? {} : { payment_method: idOf(own, size) },
    };
  },
  pay_out_of_band: ({ state }, { which }) => ({
    path: `/v1/invoices/${idOf(openOf(state), which)}/pay`,
    params: { paid_out_of_band: true },
  }),
  void: ({ state }, { which }) => ({ path: `/v1/invoices/${idOf(openOf(state), which)}/void` }),
  mark_uncollectible: ({ state }, { which }) => ({
    path: `/v1/invoices/${idOf(openOf(state), which)}/mark_uncollectible`,
  }),
  stop_collection: ({ state }, { which }) => ({
    path: `/v1/invoices/${idOf(openOf(state), which)}`,
    params: { auto_advance: false },
  }),
  create_intent: ({ state }, { which, size }) => {
    const method = pick(state.tables.payment_methods, which);
    return {
      path: '/v1/payment_intents',
      params: {
        amount: 100 + size,
        currency: 'usd',
        confirm: true,
        allowed_payment_method_types: ['card', 'us_bank_account'],
        ...(method?.type === 'us_bank_account' ? { mandate_data: mandate } : {}),
        ...(method?.type === 'card' && size % 3 === 0 ? { capture_method: 'manual' } : {}),
        ...(method?.customer ? { customer: method.customer, payment_method: method.id } : {}),
        ...(method?.customer ? {} : { payment_method: pick(tokens, size) }),
      },
    };
  },
  capture: ({ state }, { which }) => ({
    path: `/v1/payment_intents/${idOf(capturableOf(state), which)}/capture`,
  }),
  cancel_intent: ({ state }, { which }) => ({
    path: `/v1/payment_intents/${idOf(state.tables.payment_intents, which)}/cancel`,
  }),
  create_clock: ({ now }, { size }) => ({
    path: '/v1/test_helpers/test_clocks',
    params: { frozen_time: Math.floor(now / 1000) + size * 86_400 },
  }),
  join_clock: ({ state }, { which }) => ({
    path: '/v1/customers',
    params: {
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
      test_clock: idOf(state.tables.test_clocks, which),
    },
  }),
  advance_clock: ({ state }, { which, size }) => {
    const clock = pick(state.tables.test_clocks, which);
    return {
      path: `/v1/test_helpers/test_clocks/${clock?.id ?? 'none_1'}/advance`,
      params: { frozen_time: (clock?.frozen_time ?? 0) + size * 4 * 86_400 },
    };
  },
  delete_clock: ({ state }, { which }) => ({
    method: 'DELETE',
    path: `/v1/test_helpers/test_clocks/${idOf(state.tables.test_clocks, which)}`,
  }),
  refund: ({ state }, { which, size }) => {
    const charge = pick(
      state.tables.charges.filter(({ paid }) => paid),
      which,
    );
    return {
      path: '/v1/refunds',
      params: {
        charge: charge?.id ?? 'none_1',
        ...(size % 2 === 0 ? {} : { amount: Math.ceil((charge?.amount ?? 2) / 2) }),
      },
    };
  },
} satisfies Record<string, (play: Play, call: Call) => Request>;

const draftsOf = ({ tables }: StripeState) =>
  tables.invoices.filter(({ status }) => status === 'draft');
const openOf = ({ tables }: StripeState) =>
  tables.invoices.filter(({ status }) => status === 'open' || status === 'uncollectible');
const askingOf = ({ tables }: StripeState) =>
  tables.setup_intents.filter(({ status }) => status === 'requires_action');
const capturableOf = ({ tables }: StripeState) =>
  tables.payment_intents.filter(({ status }) => status === 'requires_capture');

/** What happens without a request. */
const happenings = {
  pass_hour: ({ state, now }) => move(state, now + hourMs + 1000),
  pass_days: ({ state, now }, { size }) => move(state, now + (1 + size) * dayMs),
  pass_month: ({ state, now }) => move(state, now + 31 * dayMs),
  change_card: ({ state, now }, { which, size }) => {
    const card = pick(state.tables.cards, which);
    const chosen = pick(outcomes, size) ?? outcomes[0];
    return card === undefined
      ? { state, now }
      : { state: setCardOutcomes(state, card.id, chosen), now };
  },
  authenticate: ({ state, now }, { which, size }) => {
    const asking = state.tables.payment_intents.filter(
      ({ status }) => status === 'requires_action',
    );
    const intent = pick(asking, which);
    if (intent === undefined) return { state, now };
    return { state: finishAuthenticationNow(state, intent.id, size % 2 === 0, now).state, now };
  },
  end_debit: ({ state, now }, { which, size }) => {
    const charge = pick(debitsOf(state), which);
    if (charge === undefined) return { state, now };
    const settles = size % 2 === 0 && charge.status === 'pending';
    const ended = settles
      ? settleDebitNow(state, charge.id, now)
      : returnDebitNow(state, charge.id, 'R01', now);
    return { state: ended.state, now };
  },
  dispute: ({ state, now }, { which }) => {
    const charge = pick(
      state.tables.charges.filter(
        (row) =>
          row.status === 'succeeded' && row.amount_captured > row.amount_refunded && !row.disputed,
      ),
      which,
    );
    if (charge === undefined) return { state, now };
    return { state: openDisputeNow(state, charge.id, 'fraudulent', now).state, now };
  },
  decide_dispute: ({ state, now }, { which, size }) => {
    const open = state.tables.disputes.filter(({ status }) => /response|review/.test(status));
    const dispute = pick(open, which);
    if (dispute === undefined) return { state, now };
    return { state: decideDisputeNow(state, dispute.id, size % 2 === 0, now).state, now };
  },
} satisfies Record<string, (play: Play, call: Call) => Play>;

const debitsOf = ({ tables }: StripeState) =>
  tables.charges.filter(
    (row) => row.payment_method_details.type !== 'card' && row.status !== 'failed' && !row.disputed,
  );

const move = (state: StripeState, now: number): Play => ({ state: tick(state, now).state, now });

type CallKind = keyof typeof requests | keyof typeof happenings;

const isHappening = (kind: CallKind): kind is keyof typeof happenings =>
  Object.hasOwn(happenings, kind);

/** What happens all the time in a business, and here more often than the rest. */
const frequent: readonly CallKind[] = [
  'change_card',
  'create_customer',
  'pass_hour',
  'pass_days',
  'pass_month',
  'pass_month',
  'pay',
  'pay',
  'set_default',
  'subscribe',
  'verify_bank',
  'verify_bank',
];

// The keys of the two literals above are all kinds there are.
const kinds = [...Object.keys(requests), ...Object.keys(happenings)] as CallKind[];

/** Sequences that begin with somebody who can pay and something to sell. */
export const calls: fc.Arbitrary<readonly Call[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(...kinds, ...frequent),
      which: fc.nat({ max: 9 }),
      size: fc.nat({ max: 9 }),
    }),
    { minLength: 10, maxLength: 50, size: 'max' },
  )
  .map((rest) => [
    { kind: 'create_customer', which: 0, size: 0 },
    { kind: 'create_price', which: 0, size: 5 },
    { kind: 'subscribe', which: 0, size: 2 },
    ...rest,
  ]);

export const beginning = (): Play => ({ state: emptyAccount('ledger'), now: startAt });

/** @throws Error where Stripe would have crashed: an answer is given or refused, never more. */
export function play(before: Play, call: Call): Play {
  const { kind } = call;
  if (isHappening(kind)) return happenings[kind](before, call);
  const request: Request = requests[kind](before, call);
  const { state, answer } = send(before, request);
  if (answer.status >= 500) throw new Error(`${request.path} crashed`);
  return { state, now: before.now + 1000 };
}

function send({ state, now }: Play, { method = 'POST', path, params = {} }: Request): Handled {
  return handle(state, { method, path, params: paramsOf(params) }, now);
}
