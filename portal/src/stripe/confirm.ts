import type { Stripe, StripeError } from '@stripe/stripe-js';
import type { Text } from '../text/locales/en.ts';
import type { Fields } from './payment-fields.tsx';

/** Why Stripe or the bank did not take it. */
export type Refusal =
  /** In Stripe's words for cardholders, in the page's language. */
  | { readonly is: 'told'; readonly message: string }
  /** The bank did not confirm, or the customer did not. */
  | { readonly is: 'not_confirmed' }
  | { readonly is: 'no_answer' };

/** Stripe's fields say at the field what is wrong with what was typed, and read it out. */
export interface ShownInFields {
  readonly is: 'shown';
}

export function sayRefusal(text: Text, refusal: Refusal): string {
  switch (refusal.is) {
    case 'told':
      return refusal.message;
    case 'not_confirmed':
      return text.dialog.notConfirmed;
    case 'no_answer':
      return text.trouble.noAnswer;
  }
}

/** Where somebody comes back to who had to leave for the page of a bank. */
const backTo = (query: Readonly<Record<string, string>>): string =>
  `${location.origin}${location.pathname}?${new URLSearchParams(query)}`;

/** Confirms what was entered, with the bank where it asks for that. */
export async function confirmSetUp(
  { stripe, elements }: Fields,
  clientSecret: string,
): Promise<Refusal | ShownInFields | null> {
  const submitted = await elements.submit();
  if (submitted.error !== undefined) return refusalOfFields(submitted.error);
  const { error } = await stripe.confirmSetup({
    elements,
    clientSecret,
    confirmParams: { return_url: backTo({ back: 'set-up' }) },
    redirect: 'if_required',
  });
  // Confirmed before, and the answer was lost.
  if (error === undefined || error.setup_intent?.status === 'succeeded') return null;
  return refusalOfFields(error);
}

/** Pays with a method that is there, with the bank's confirmation where it asks for that. */
export async function confirmPayment(
  stripe: Stripe,
  { clientSecret, method, invoice }: { clientSecret: string; method: string; invoice: string },
): Promise<Refusal | null> {
  const { error } = await stripe.confirmPayment({
    clientSecret,
    confirmParams: { payment_method: method, return_url: backTo({ back: 'payment', invoice }) },
    redirect: 'if_required',
  });
  if (error === undefined || error.payment_intent?.status === 'succeeded') return null;
  return refusalOf(error);
}

/** Where there are fields, what is said of their content is said once: there. */
const refusalOfFields = (error: StripeError): Refusal | ShownInFields =>
  error.type === 'validation_error' ? { is: 'shown' } : refusalOf(error);

/** Only what Stripe words for cardholders is shown; its other messages are for developers. */
function refusalOf({ type, message }: StripeError): Refusal {
  const isForPeople = type === 'card_error' || type === 'validation_error';
  if (isForPeople && message !== undefined) return { is: 'told', message };
  const isSilent = type === 'api_connection_error' || type === 'api_error';
  return { is: isSilent ? 'no_answer' : 'not_confirmed' };
}
