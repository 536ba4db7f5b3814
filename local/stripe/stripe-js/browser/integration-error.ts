/** Thrown where a page's code uses Stripe.js wrongly: the developer's matter, not the payer's. */
export class IntegrationError extends Error {
  override readonly name = 'IntegrationError';
}

/** Refuses options by name that this Stripe.js does not have, rather than leave them out silently. */
export function refuseUnknown(call: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw new IntegrationError(
      `${call}: "${name}" is not modelled by the local Stripe. Leave it out, or model it in ` +
        'local/stripe/stripe-js.',
    );
  }
}
