import type { StripeError } from '@stripe/stripe-js';
import { type Api, type IntentAnswer, retrieveIntent } from './call-api.ts';
import { IntegrationError } from './integration-error.ts';
import type { Intent } from './messages.ts';

/**
 * Lets the cardholder answer the bank's question where an intent waits for that, and gives the
 * intent as it is afterwards.
 */
export async function finishIntent(
  api: Api,
  clientSecret: string,
  answered: IntentAnswer,
): Promise<IntentAnswer> {
  if ('error' in answered) return answered;
  const address = challengeOf(answered.intent);
  if (address === undefined) return answered;
  // An account that was kept may have been on another port when it gave the address.
  const { pathname, search } = new URL(address);
  const finished = await showChallenge(api, clientSecret, `${api.origin}${pathname}${search}`);
  return outcomeOf(finished);
}

function challengeOf({ status, next_action: action }: Intent): string | undefined {
  if (status !== 'requires_action') return undefined;
  if (action?.type === 'redirect_to_url') {
    throw new IntegrationError(
      'The local Stripe.js leaves the page for no bank. Confirm the intent on your server without ' +
        'a return_url, or with use_stripe_sdk.',
    );
  }
  return action?.use_stripe_sdk?.stripe_js;
}

/** An intent that is without a method again has failed, and says why. */
function outcomeOf(answered: IntentAnswer): IntentAnswer {
  if ('error' in answered || answered.intent.status !== 'requires_payment_method') return answered;
  const { intent } = answered;
  const why =
    intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error;
  if (!why) return answered;
  return { error: withIntent(why, intent) };
}

// The intent is the API's own, of which this code reads a part.
const withIntent = (error: StripeError, intent: Intent) =>
  ({ ...error, [intent.object]: intent }) as StripeError;

/**
 * Shows the bank's page over the business's own until it was answered. Like the real one it is an
 * element of the body with a high z-index: a modal `<dialog>` of the page would cover it.
 */
function showChallenge(api: Api, clientSecret: string, address: string): Promise<IntentAnswer> {
  const before = document.activeElement;
  const { overlay, frame } = buildOverlay(address);
  const others = [...document.body.children].filter(
    (each): each is HTMLElement => each instanceof HTMLElement && !each.inert,
  );
  for (const other of others) other.inert = true;
  document.body.append(overlay);
  const close = () => {
    overlay.remove();
    for (const other of others) other.inert = false;
    if (before instanceof HTMLElement) before.focus();
  };
  return new Promise((settle, fail) => {
    // The page is loaded once as a question and once more when it was answered.
    frame.addEventListener('load', () => {
      frame.focus();
      retrieveIntent(api, clientSecret).then((answered) => {
        if ('intent' in answered && answered.intent.status === 'requires_action') return;
        close();
        settle(answered);
      }, fail);
    });
  });
}

/** Styled by its properties: the page's policy may forbid every other way. */
function buildOverlay(address: string) {
  const overlay = document.createElement('div');
  Object.assign(overlay.style, {
    position: 'fixed',
    inset: '0',
    zIndex: '2147483647',
    display: 'grid',
    placeItems: 'center',
    background: 'rgba(0, 0, 0, .6)',
  });
  const frame = document.createElement('iframe');
  frame.title = '3D Secure';
  frame.src = address;
  Object.assign(frame.style, {
    width: 'min(100%, 30rem)',
    height: 'min(100%, 20rem)',
    border: '0',
    borderRadius: '8px',
    background: 'Canvas',
  });
  overlay.append(frame);
  return { overlay, frame };
}
