import { getMethod } from '../objects/find-method.ts';
import { createFromTestName } from '../payments/create-method.ts';
import { isConsumed } from '../payments/payment-methods.ts';
import type { Carried } from '../payments/refuse-type.ts';
import { refuseType } from '../payments/refuse-type.ts';
import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type { PaymentIntentRecord, PaymentMethodRecord, SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

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
