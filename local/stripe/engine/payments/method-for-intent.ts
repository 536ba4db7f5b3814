import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type { PaymentIntentRecord, PaymentMethodRecord, SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { createFromTestName } from './create-method.ts';
import { getMethod } from './find-method.ts';
import { isConsumed } from './payment-methods.ts';

type Carried =
  | { readonly payment_intent: PaymentIntentRecord }
  | { readonly setup_intent: SetupIntentRecord };

/** The method that a request names for an intent; a test name becomes a method of its own. */
export function methodForIntent(
  tx: Transaction,
  id: string,
  intent: PaymentIntentRecord | SetupIntentRecord,
): PaymentMethodRecord {
  const method = createFromTestName(tx, id) ?? getMethod(tx, id, 'payment_method');
  const carried: Carried =
    intent.object === 'payment_intent' ? { payment_intent: intent } : { setup_intent: intent };
  refuseType(method, intent, carried);
  refuseOwner(method, intent, carried);
  if (method.customer === null && isConsumed(tx, method)) {
    throw invalidRequest(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer ' +
        'attachment, shared with a connected account without Customer attachment, or was detached ' +
        'from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must ' +
        'attach it to a Customer first.',
      carried,
    );
  }
  return method;
}

/** @throws Refusal for a method of a type that the intent does not take. */
export function refuseType(
  method: PaymentMethodRecord,
  intent: PaymentIntentRecord | SetupIntentRecord,
  carried: Carried,
): void {
  const types = intent.payment_method_types;
  if (types.includes(method.type)) return;
  const kind = intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  throw invalidRequest(
    `The PaymentMethod provided (${method.type}) is not allowed for this ${kind}. Please attach a ` +
      `PaymentMethod of one of the following types: ${types.join(', ')}. Alternatively update the ` +
      `allowed_payment_method_types for this ${kind} to include "${method.type}".`,
    { param: 'payment_method', ...carried },
  );
}

function refuseOwner(
  method: PaymentMethodRecord,
  { customer, object }: PaymentIntentRecord | SetupIntentRecord,
  carried: Carried,
): void {
  if (method.customer === null || method.customer === customer) return;
  if (customer !== null) throw foreign(method, customer, carried);
  if (object === 'payment_intent') {
    throw invalidRequest(
      `The \`payment_method\` parameter supplied ${method.id} belongs to the Customer ` +
        `${method.customer}. Please include the Customer in the \`customer\` parameter on the ` +
        'PaymentIntent.',
      { code: 'parameter_missing', param: 'payment_method', ...carried },
    );
  }
  throw invalidRequest(
    `The payment method supplied (${method.id}) belongs to the Customer ${method.customer}. ` +
      'Please include the Customer in the `customer` parameter on the SetupIntent.',
    { param: 'payment_method', ...carried },
  );
}

function foreign(method: PaymentMethodRecord, customer: string, carried: Carried): Refusal {
  return invalidRequest(
    `The PaymentMethod ${method.id} does not belong to the Customer you supplied ${customer}. ` +
      'Please use this PaymentMethod with the Customer that it belongs to instead.',
    { param: 'payment_method', ...carried },
  );
}
