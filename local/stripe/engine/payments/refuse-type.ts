import { invalidRequest } from '../protocol/answer.ts';
import type { PaymentIntentRecord, PaymentMethodRecord, SetupIntentRecord } from '../records.ts';

export type Carried =
  | { readonly payment_intent: PaymentIntentRecord }
  | { readonly setup_intent: SetupIntentRecord };

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
