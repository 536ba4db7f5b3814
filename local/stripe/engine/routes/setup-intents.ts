import {
  confirmSetup,
  setupUnverifiable,
  setupVerified,
  unexpectedSetupState,
} from '../intents/confirm-setup.ts';
import { checkMicrodeposits, waitingAccount, wrongAnswer } from '../intents/microdeposits.ts';
import { buildSetupIntent } from '../objects/build-setup-intent.ts';
import { declineWords } from '../payments/charge-card.ts';
import { readAcceptance } from '../payments/mandates.ts';
import { errorAnswer, invalidParameter } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  group,
  integer,
  listOf,
  oneOf,
  type Read,
  required,
  text,
  timeRange,
} from '../protocol/parameters.ts';
import { answering, type Route, route } from '../protocol/route.ts';
import { acceptedTypes } from '../published/enabled-types.ts';
import type { SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { automaticMethods, mandateData, setupOptions } from './payment-parameters.ts';
import { changedSetup, setupDetails } from './setup-intent-changes.ts';

const confirmation = {
  mandate_data: mandateData,
  return_url: text,
  use_stripe_sdk: boolean,
};

const creation = {
  ...setupDetails,
  ...confirmation,
  automatic_payment_methods: automaticMethods,
  confirm: boolean,
  single_use: group({ amount: integer, currency: text }),
  usage: oneOf('off_session', 'on_session'),
};

const confirming = {
  ...confirmation,
  allowed_payment_method_types: setupDetails.allowed_payment_method_types,
  client_secret: text,
  payment_method: text,
  payment_method_data: setupDetails.payment_method_data,
  payment_method_options: setupOptions,
};

export const setupIntentRoutes: readonly Route[] = [
  route('POST', '/v1/setup_intents', creation, create),
  route('GET', '/v1/setup_intents/*', { client_secret: text }, (tx, _params, id) =>
    tx.get('setup_intents', id),
  ),
  route('POST', '/v1/setup_intents/*', setupDetails, (tx, params, id) => {
    const after = changedSetup(tx, tx.get('setup_intents', id), params);
    tx.replace('setup_intents', after);
    return after;
  }),
  route('POST', '/v1/setup_intents/*/confirm', confirming, (tx, params, id) => {
    const before = tx.get('setup_intents', id);
    const isOpen = before.status !== 'succeeded' && before.status !== 'canceled';
    return confirm(tx, isOpen ? changedSetup(tx, before, params) : before, params);
  }),
  route(
    'POST',
    '/v1/setup_intents/*/cancel',
    { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') },
    (tx, params, id) => cancel(tx, tx.get('setup_intents', id), params.cancellation_reason),
  ),
  route(
    'POST',
    '/v1/setup_intents/*/verify_microdeposits',
    { amounts: listOf(integer), client_secret: text, descriptor_code: text },
    verify,
  ),
  route(
    'GET',
    '/v1/setup_intents',
    {
      ...listParameters,
      attach_to_self: boolean,
      created: timeRange,
      customer: text,
      payment_method: text,
    },
    (tx, params) =>
      listRows(
        tx.rows('setup_intents'),
        (row) =>
          !params.attach_to_self &&
          (params.customer === undefined || row.customer === params.customer) &&
          (params.payment_method === undefined || row.payment_method === params.payment_method) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/setup_intents',
      ),
  ),
];

function create(tx: Transaction, params: Read<typeof creation>): object {
  const { allowed_payment_method_types: allowed, automatic_payment_methods: automatic } = params;
  refuseSingleUse(params);
  const types = acceptedTypes(undefined, allowed, params.excluded_payment_method_types);
  const blank: SetupIntentRecord = {
    ...buildSetupIntent(tx, types),
    automatic_payment_methods:
      allowed === undefined
        ? { allow_redirects: automatic?.allow_redirects ?? 'always', enabled: true }
        : null,
    usage: params.usage ?? 'off_session',
  };
  const intent = changedSetup(tx, blank, params);
  tx.insert('setup_intents', intent);
  tx.emit('setup_intent.created', intent);
  return params.confirm ? confirm(tx, intent, params) : intent;
}

/** A mandate for one payment is made while the SetupIntent is confirmed. */
function refuseSingleUse(params: Read<typeof creation>): void {
  if (params.single_use === undefined || params.confirm) return;
  throw invalidParameter('You can only pass `single_use` when `confirm` is true.', 'single_use');
}

/** Confirms, and answers with the SetupIntent or with the 402 of a card that declined. */
function confirm(
  tx: Transaction,
  intent: SetupIntentRecord,
  params: Read<typeof confirmation> & Pick<Read<typeof creation>, 'single_use'>,
): object {
  tx.replace('setup_intents', intent);
  const { mandate_data: mandate, single_use: once } = params;
  const setUp = confirmSetup(tx, intent, {
    // What the request named has become the SetupIntent's own method by now.
    method: undefined,
    // Stripe.js shows the bank's page itself and needs no way back.
    returnUrl: params.use_stripe_sdk ? undefined : params.return_url,
    acceptance: readAcceptance(tx, mandate?.customer_acceptance),
    singleUse: once && {
      amount: required(once.amount, 'single_use[amount]'),
      currency: required(once.currency, 'single_use[currency]'),
    },
  });
  if (setUp.kind === 'confirmed') return setUp.intent;
  return answering(
    errorAnswer(402, {
      ...declineWords(setUp.decline),
      payment_method: setUp.method,
      setup_intent: setUp.intent,
    }),
  );
}

const cancelable: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

function cancel(
  tx: Transaction,
  intent: SetupIntentRecord,
  reason: SetupIntentRecord['cancellation_reason'] | undefined,
): SetupIntentRecord {
  if (intent.status === 'canceled') {
    const message = 'You cannot cancel this SetupIntent because it is already canceled.';
    throw unexpectedSetupState(message, intent);
  }
  if (!cancelable.has(intent.status)) {
    throw unexpectedSetupState(
      `You cannot cancel this SetupIntent because it has a status of ${intent.status}. Only a ` +
        'SetupIntent with one of the following statuses may be canceled: ' +
        '`requires_payment_method`, `requires_confirmation`, or `requires_action`.',
      intent,
    );
  }
  const after: SetupIntentRecord = {
    ...intent,
    cancellation_reason: reason ?? null,
    next_action: null,
    status: 'canceled',
  };
  tx.replace('setup_intents', after);
  tx.emit('setup_intent.canceled', after);
  return after;
}

function verify(
  tx: Transaction,
  params: { readonly amounts?: readonly number[]; readonly descriptor_code?: string },
  id: string,
): object {
  const intent = tx.get('setup_intents', id);
  const method = waitingAccount(tx, intent);
  const { amounts, descriptor_code: descriptorCode } = params;
  const outcome = checkMicrodeposits(tx, method, { amounts, descriptorCode });
  if (outcome.kind === 'verified') return setupVerified(tx, intent, method);
  const setup_intent =
    outcome.kind === 'wrong' ? intent : setupUnverifiable(tx, intent, method, outcome);
  return wrongAnswer(outcome, { setup_intent });
}
