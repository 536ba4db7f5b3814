import { unexpectedSetupState } from '../intents/confirm-setup.ts';
import { methodForIntent } from '../intents/method-for-intent.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import {
  group,
  listOf,
  metadata,
  oneOf,
  type Read,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { acceptedTypes } from '../published/enabled-types.ts';
import type { SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { createDescribed, limitedType, methodDetails, setupOptions } from './payment-parameters.ts';

/** What can be said of a SetupIntent at creation, in an update and with a confirmation. */
export const setupDetails = {
  customer: text,
  description: unsettable(text),
  excluded_payment_method_types: unsettable(listOf(limitedType)),
  allowed_payment_method_types: unsettable(listOf(limitedType)),
  flow_directions: listOf(oneOf('inbound', 'outbound')),
  metadata,
  payment_method: text,
  payment_method_data: group(methodDetails),
  payment_method_options: setupOptions,
};

type SetupDetails = Read<typeof setupDetails>;

/** The SetupIntent with what a request says of it. @throws Refusal where it is too late. */
export function changedSetup(
  tx: Transaction,
  before: SetupIntentRecord,
  params: SetupDetails,
): SetupIntentRecord {
  const { allowed_payment_method_types: allowed, description, flow_directions: flows } = params;
  const { customer, excluded_payment_method_types: excluded, metadata: marks } = params;
  const described: SetupIntentRecord = {
    ...before,
    ...(allowed === undefined
      ? {}
      : {
          allowed_payment_method_types: allowed === null ? null : [...allowed],
          payment_method_types: acceptedTypes(undefined, allowed, excluded),
        }),
    ...(excluded === undefined
      ? {}
      : { excluded_payment_method_types: excluded?.filter((type) => type !== 'link') ?? null }),
    ...(customer === undefined ? {} : { customer: tx.customer(customer, 'customer').id }),
    ...(description === undefined ? {} : { description }),
    ...(flows === undefined ? {} : { flow_directions: [...flows] }),
    metadata: mergeMetadata(before.metadata, marks),
    ...optionChanges(before, params),
  };
  return withMethod(tx, described, params);
}

function optionChanges(
  before: SetupIntentRecord,
  { payment_method_options: options }: SetupDetails,
): Partial<SetupIntentRecord> {
  if (options === undefined) return {};
  const { card, us_bank_account: account } = options;
  const own = before.payment_method_options?.card;
  return {
    payment_method_options: {
      ...before.payment_method_options,
      card: {
        mandate_options: null,
        ...own,
        network: card?.network ?? own?.network ?? null,
        request_three_d_secure: card?.request_three_d_secure ?? own?.request_three_d_secure ?? null,
      },
      ...(account?.verification_method === undefined
        ? {}
        : { us_bank_account: { verification_method: account.verification_method } }),
    },
  };
}

function withMethod(
  tx: Transaction,
  intent: SetupIntentRecord,
  { payment_method: id, payment_method_data: data }: SetupDetails,
): SetupIntentRecord {
  if (id === undefined && data === undefined) return intent;
  const words: Readonly<Record<string, string>> = {
    succeeded: 'it has already succeeded',
    canceled: 'it has been canceled',
  };
  const why = words[intent.status];
  if (why !== undefined) {
    throw unexpectedSetupState(`You cannot update this SetupIntent because ${why}.`, intent);
  }
  const named = data === undefined ? id : createDescribed(tx, data).id;
  if (named === undefined) return intent;
  const method = methodForIntent(tx, named, intent);
  return {
    ...intent,
    next_action: null,
    payment_method: method.id,
    status: 'requires_confirmation',
  };
}
