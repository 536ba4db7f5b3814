import { IntegrationError, refuseUnknown } from './integration-error.ts';
import { type LocalStripeJs, openStripe } from './open-stripe.ts';

/** Set by esbuild when the script is made: see build-scripts.ts. */
declare const RELEASE_TRAIN: string;
declare const FRAME_PATH: string;

const script = document.currentScript;
if (!(script instanceof HTMLScriptElement)) {
  throw new Error('Load stripe.js by a script element with a src, and not as a module.');
}
const { origin } = new URL(script.src);

/** @throws IntegrationError for anything but a publishable key. */
function Stripe(publishableKey: unknown, options: object = {}): LocalStripeJs {
  if (typeof publishableKey !== 'string' || !publishableKey.startsWith('pk_')) {
    throw new IntegrationError(
      'Pass the publishable key to Stripe(): it begins with pk_. A secret key belongs into no page.',
    );
  }
  refuseUnknown('Stripe()', options, ['locale', 'apiVersion']);
  const locale = 'locale' in options ? String(options.locale) : 'auto';
  return openStripe({ origin, publishableKey }, `${origin}${FRAME_PATH}`, locale);
}

Stripe.version = RELEASE_TRAIN;
Object.assign(window, { Stripe });
