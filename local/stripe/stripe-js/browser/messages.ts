import type { Appearance, StripeError } from '@stripe/stripe-js';

/** What an intent is paid or set up with, or what it will be once the business has made it. */
export type IntentSource =
  | { readonly clientSecret: string }
  | { readonly mode: 'payment' | 'setup' | 'subscription'; readonly types: readonly string[] };

/** What the frame with the fields has to know at its start. */
export interface FrameStart {
  readonly kind: 'start';
  readonly publishableKey: string;
  readonly source: IntentSource;
  readonly appearance: Appearance;
  /** A language tag, or `auto` for the browser's. */
  readonly locale: string;
  readonly defaults: BillingDefaults;
  /** The business as the terms of a bank debit name it. */
  readonly business: string;
}

/** What the page knows of the payer already. */
export interface BillingDefaults {
  readonly name?: string;
  readonly email?: string;
  readonly country?: string;
  readonly postalCode?: string;
}

/** What a page's script asks the frame; each is answered once, under its number. */
export type Question =
  | { readonly kind: 'validate' }
  | { readonly kind: 'confirm'; readonly clientSecret: string; readonly params: FormGroup };

export type ToFrame =
  | FrameStart
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question };

/** What the frame tells by itself. No message holds what was typed. */
export type News =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loaderror'; readonly error: StripeError }
  | { readonly kind: 'height'; readonly pixels: number }
  | {
      readonly kind: 'change';
      readonly empty: boolean;
      readonly complete: boolean;
      readonly type: string;
    };

export type FromFrame =
  | News
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer };

/** `validate` answers with the chosen type, `confirm` with the intent as the API gave it. */
export type Answer =
  | { readonly type: string }
  | { readonly intent: Intent }
  | { readonly error: StripeError };

/** A form's fields as Stripe's API nests them. */
export interface FormGroup {
  readonly [name: string]: string | number | boolean | FormGroup | undefined;
}

/** As much of a PaymentIntent or a SetupIntent as the flow depends on; the rest is passed on. */
export interface Intent {
  readonly id: string;
  readonly object: 'payment_intent' | 'setup_intent';
  readonly status: string;
  readonly payment_method_types: readonly string[];
  readonly next_action: {
    readonly type: string;
    readonly use_stripe_sdk?: { readonly stripe_js?: string };
  } | null;
  readonly last_payment_error?: StripeError | null;
  readonly last_setup_error?: StripeError | null;
}
