import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js';
import { finishIntent } from './authenticate.ts';
import { type Api, confirmIntent, type IntentAnswer, retrieveIntent } from './call-api.ts';
import { Elements, type ElementsOptions } from './elements.ts';
import { IntegrationError, refuseUnknown } from './integration-error.ts';
import type { Answer, FormGroup, Intent } from './messages.ts';
import { languageOf, worded } from './texts.ts';

export type SetupIntentResult =
  | { readonly setupIntent: SetupIntent }
  | { readonly error: StripeError };

export type PaymentIntentResult =
  | { readonly paymentIntent: PaymentIntent }
  | { readonly error: StripeError };

export type IntentResult = SetupIntentResult | PaymentIntentResult;

/** What an intent is confirmed with: what was typed, or a method that is on file. */
export interface Confirmation {
  readonly elements?: Elements;
  readonly clientSecret?: string;
  readonly confirmParams?: FormGroup;
  readonly redirect: 'if_required';
}

/** Stripe.js, as far as the local Stripe has it. */
export interface LocalStripeJs {
  elements(options: ElementsOptions): Elements;
  confirmSetup(options: Confirmation): Promise<SetupIntentResult>;
  confirmPayment(options: Confirmation): Promise<PaymentIntentResult>;
  handleNextAction(options: { readonly clientSecret: string }): Promise<IntentResult>;
  retrieveSetupIntent(clientSecret: string): Promise<SetupIntentResult>;
  retrievePaymentIntent(clientSecret: string): Promise<PaymentIntentResult>;
}

/**
 * @param frameAddress of the page with the fields
 * @param locale of the fields, where `elements()` names no other
 */
export function openStripe(api: Api, frameAddress: string, locale: string): LocalStripeJs {
  const finish = async (secret: string, answered: IntentAnswer): Promise<IntentAnswer> => {
    const finished = await finishIntent(api, secret, answered);
    if ('intent' in finished) return finished;
    return { error: worded(finished.error, languageOf(locale)) };
  };
  const confirm = async (call: string, options: Confirmation): Promise<IntentAnswer> => {
    refuseUnknown(call, options, ['elements', 'clientSecret', 'confirmParams', 'redirect']);
    const { elements, clientSecret, confirmParams = {}, redirect } = options;
    if (redirect !== 'if_required') {
      throw new IntegrationError(`${call}: the local Stripe needs redirect: 'if_required'.`);
    }
    if (elements !== undefined) {
      const secret = elements.secretFor(call, clientSecret);
      const answer = await elements.confirm(secret, confirmParams);
      return finish(secret, intentAnswer(answer));
    }
    if (clientSecret === undefined) throw new IntegrationError(`${call} needs a clientSecret.`);
    return finish(clientSecret, await confirmIntent(api, clientSecret, confirmParams));
  };
  return {
    elements: (options) => new Elements(frameAddress, api.publishableKey, { locale, ...options }),
    confirmSetup: async (options) => setupResult(await confirm('stripe.confirmSetup()', options)),
    confirmPayment: async (options) =>
      paymentResult(await confirm('stripe.confirmPayment()', options)),
    async handleNextAction({ clientSecret }) {
      const found = await retrieveIntent(api, clientSecret);
      if ('intent' in found) refuseIdle(found.intent);
      const finished = await finish(clientSecret, found);
      const isPayment = clientSecret.startsWith('pi_');
      return isPayment ? paymentResult(finished) : setupResult(finished);
    },
    retrieveSetupIntent: async (secret) => setupResult(await retrieveIntent(api, secret)),
    retrievePaymentIntent: async (secret) => paymentResult(await retrieveIntent(api, secret)),
  };
}

function intentAnswer(answer: Answer): IntentAnswer {
  if ('intent' in answer || 'error' in answer) return answer;
  throw new Error('The frame answered another question than it was asked.');
}

function refuseIdle({ object, status }: Intent): void {
  if (status === 'requires_action') return;
  const kind = object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent';
  throw new IntegrationError(
    `handleNextAction: The ${kind} supplied is not in the requires_action state, but ${status}.`,
  );
}

// The objects are the API's own: this code types the part of them that it reads itself.
const setupResult = (answer: IntentAnswer): SetupIntentResult =>
  'error' in answer ? answer : { setupIntent: answer.intent as unknown as SetupIntent };

const paymentResult = (answer: IntentAnswer): PaymentIntentResult =>
  'error' in answer ? answer : { paymentIntent: answer.intent as unknown as PaymentIntent };
