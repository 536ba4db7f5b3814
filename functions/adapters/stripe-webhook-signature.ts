// By path: the package's `exports` offer the verifier only together with the whole SDK, which
// would be most of the webhook function's bundle.
import { StripeSignatureVerificationError } from '../../node_modules/stripe/esm/Error.js';
import { NodePlatformFunctions } from '../../node_modules/stripe/esm/platform/NodePlatformFunctions.js';
import { createWebhooks } from '../../node_modules/stripe/esm/Webhooks.js';

/** Stripe's own verifier; a test compares it with `stripe.webhooks`. */
const webhooks = createWebhooks(new NodePlatformFunctions());

/** docs.stripe.com/webhooks#verify-events: the tolerance of Stripe's libraries. */
const toleranceSeconds = 300;

/**
 * Whether one of the secrets signed exactly these bytes, at most five minutes ago. Several
 * secrets are accepted while one is being rotated.
 */
export function isSignedByStripe(
  body: Uint8Array,
  header: string,
  secrets: readonly string[],
  nowMs: number,
): boolean {
  return secrets.some((secret) => {
    try {
      const verified = webhooks.signature?.verifyHeader(
        body,
        header,
        secret,
        toleranceSeconds,
        undefined,
        nowMs,
      );
      return verified === true;
    } catch (error) {
      if (error instanceof StripeSignatureVerificationError) return false;
      throw error;
    }
  });
}
