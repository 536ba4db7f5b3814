import type { StripeError } from '@stripe/stripe-js';
import { type IntentPlace, placeOf } from './client-secret.ts';
import type { FormGroup, Intent } from './messages.ts';

/** The API as a publishable key opens it. */
export interface Api {
  /** `http://127.0.0.1:PORT` of the local Stripe. */
  readonly origin: string;
  readonly publishableKey: string;
}

export type IntentAnswer = { readonly intent: Intent } | { readonly error: StripeError };

/** Reads an intent. @throws IntegrationError for what is no client secret. */
export function retrieveIntent(api: Api, clientSecret: string): Promise<IntentAnswer> {
  const query = encodeForm({ client_secret: clientSecret });
  return send(api, 'GET', `${placeOf(clientSecret).path}?${query}`);
}

/** Confirms an intent as a page does. @throws IntegrationError for what is no client secret. */
export function confirmIntent(
  api: Api,
  clientSecret: string,
  params: FormGroup,
): Promise<IntentAnswer> {
  const { path }: IntentPlace = placeOf(clientSecret);
  const body = encodeForm({ ...params, client_secret: clientSecret, use_stripe_sdk: true });
  return send(api, 'POST', `${path}/confirm`, body);
}

async function send(
  { origin, publishableKey }: Api,
  method: 'GET' | 'POST',
  path: string,
  body?: string,
): Promise<IntentAnswer> {
  try {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${publishableKey}`,
        'content-type': 'application/x-www-form-urlencoded',
        // A browser sends again by itself what a kept connection lost; it shall count once.
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { body }),
    });
    const answer: unknown = await response.json();
    // The local Stripe answers with the object that was asked for, or with Stripe's error.
    return response.ok
      ? { intent: answer as Intent }
      : { error: (answer as { readonly error: StripeError }).error };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    return { error: { type: 'api_connection_error', message: noConnection } };
  }
}

const noConnection =
  'We are experiencing issues connecting to our payments provider. You have not been charged. ' +
  'Please check your internet connection and try again. If the problem persists please contact us.';

/** `a[b]=c`, as Stripe's API reads it. */
export function encodeForm(group: FormGroup): string {
  const fields = new URLSearchParams();
  for (const [name, value] of flatten(group)) fields.append(name, value);
  return fields.toString();
}

function flatten(group: FormGroup, within?: string): readonly (readonly [string, string])[] {
  return Object.entries(group).flatMap(([name, value]) => {
    const full = within === undefined ? name : `${within}[${name}]`;
    if (value === undefined) return [];
    if (typeof value === 'object') return flatten(value, full);
    return [[full, String(value)] as const];
  });
}
