import type { Appearance, DefaultValuesOption, StripeError } from '@stripe/stripe-js';
import { placeOf } from './client-secret.ts';
import { IntegrationError, refuseUnknown } from './integration-error.ts';
import type { Answer, BillingDefaults, FormGroup, FrameStart, IntentSource } from './messages.ts';
import { PaymentElement } from './payment-element.ts';

/** The options of `stripe.elements` that are modelled. */
export interface ElementsOptions {
  readonly clientSecret?: string;
  readonly mode?: 'payment' | 'setup' | 'subscription';
  readonly allowedPaymentMethodTypes?: readonly string[];
  readonly appearance?: Appearance;
  readonly locale?: string;
}

/** The options of the Payment Element that are modelled. */
export interface PaymentElementOptions {
  readonly defaultValues?: DefaultValuesOption;
  readonly business?: { readonly name: string };
}

/** Options that change nothing here: there is one layout, no wallet, and no amount is shown. */
const withoutEffect = {
  elements: ['amount', 'currency', 'loader', 'fonts', 'setupFutureUsage', 'captureMethod'],
  element: ['layout', 'wallets', 'terms', 'paymentMethodOrder'],
};

/** The fields of one intent on the page. */
export class Elements {
  readonly #frameAddress: string;
  readonly #publishableKey: string;
  readonly #options: ElementsOptions;
  readonly #source: IntentSource;
  #element: PaymentElement | undefined;
  #isSubmitted = false;

  constructor(frameAddress: string, publishableKey: string, options: ElementsOptions) {
    refuseUnknown('stripe.elements()', options, [
      ...['clientSecret', 'mode', 'allowedPaymentMethodTypes', 'appearance', 'locale'],
      ...withoutEffect.elements,
    ]);
    this.#frameAddress = frameAddress;
    this.#publishableKey = publishableKey;
    this.#options = options;
    this.#source = sourceOf(options);
  }

  /** @throws IntegrationError for another element than the Payment Element. */
  create(type: string, options: PaymentElementOptions = {}): PaymentElement {
    if (type !== 'payment') {
      throw new IntegrationError(
        `The local Stripe has the Payment Element only: create "payment", not "${type}".`,
      );
    }
    refuseUnknown("elements.create('payment')", options, [
      ...['defaultValues', 'business'],
      ...withoutEffect.element,
    ]);
    if (this.#element !== undefined) {
      throw new IntegrationError('Can only create one Element of type payment.');
    }
    const { appearance = {}, locale = 'auto' } = this.#options;
    const start: FrameStart = {
      kind: 'start',
      publishableKey: this.#publishableKey,
      source: this.#source,
      appearance,
      locale,
      defaults: defaultsOf(options.defaultValues),
      business: options.business?.name ?? '',
    };
    this.#element = new PaymentElement(this.#frameAddress, start);
    return this.#element;
  }

  /** Whether what was typed can be used; the fields themselves say what is wrong with them. */
  async submit(): Promise<{
    readonly error?: StripeError;
    readonly selectedPaymentMethod?: string;
  }> {
    const answer = await this.#payment.ask({ kind: 'validate' });
    if ('error' in answer) return { error: answer.error };
    this.#isSubmitted = true;
    return 'type' in answer ? { selectedPaymentMethod: answer.type } : {};
  }

  /**
   * The client secret that a confirmation is for.
   *
   * @throws IntegrationError where there is none, or where the fields were not submitted that were
   * shown before there was an intent.
   */
  secretFor(call: string, given: string | undefined): string {
    if ('clientSecret' in this.#source) return given ?? this.#source.clientSecret;
    if (!this.#isSubmitted) {
      throw new IntegrationError(`elements.submit() must be called before ${call}.`);
    }
    if (given === undefined) {
      throw new IntegrationError(`${call} needs a clientSecret, as elements() was given none.`);
    }
    return given;
  }

  /** @param params of the page, beside what was typed; the API refuses what it does not know. */
  confirm(clientSecret: string, params: FormGroup): Promise<Answer> {
    return this.#payment.ask({ kind: 'confirm', clientSecret, params });
  }

  get #payment(): PaymentElement {
    if (this.#element !== undefined) return this.#element;
    throw new IntegrationError('elements should have a mounted Payment Element.');
  }
}

function sourceOf({
  clientSecret,
  mode,
  allowedPaymentMethodTypes,
}: ElementsOptions): IntentSource {
  if (clientSecret !== undefined) {
    placeOf(clientSecret);
    return { clientSecret };
  }
  if (mode !== undefined) return { mode, types: allowedPaymentMethodTypes ?? ['card'] };
  throw new IntegrationError('stripe.elements() takes a clientSecret, or a mode.');
}

function defaultsOf({ billingDetails = {} }: DefaultValuesOption = {}): BillingDefaults {
  const { name, email, address } = billingDetails;
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(address?.country === undefined ? {} : { country: address.country }),
    ...(address?.postal_code === undefined ? {} : { postalCode: address.postal_code }),
  };
}
