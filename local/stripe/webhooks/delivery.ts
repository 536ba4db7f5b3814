import { createHmac } from 'node:crypto';

/** One try to hand an event to an endpoint. */
export interface DeliveryAttempt {
  /** Epoch milliseconds, UTC. */
  readonly at: number;
  /** The endpoint's HTTP status; null when no answer came. */
  readonly status: number | null;
  /** What went wrong; null when the endpoint took the event. */
  readonly error: string | null;
}

/** An event on its way to one endpoint. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly type: string;
  readonly endpoint: string;
  readonly url: string;
  readonly status: 'held' | 'in_flight' | 'waiting' | 'delivered' | 'dropped' | 'given_up';
  readonly attempts: readonly DeliveryAttempt[];
  /** When the next try is due, epoch milliseconds, while `waiting`. */
  readonly nextAttemptAt: number | null;
}

/**
 * Seconds between tries. Stripe redelivers for up to three days with growing gaps
 * (docs.stripe.com/webhooks#automatic-retries) and does not publish them; these add up to it.
 */
export const redeliverySeconds: readonly number[] = [
  60, 300, 1800, 7200, 18_000, 36_000, 43_200, 43_200, 43_200, 43_200,
];

/** Stripe waits about this long for an answer. */
const answerWithinMs = 10_000;

/**
 * Posts a signed payload once. A failure of the endpoint is what the attempt says, not an error.
 *
 * @param at epoch milliseconds, UTC, of the movable clock.
 */
export async function postSigned(
  url: string,
  payload: string,
  signing: { readonly secret: string; readonly at: number; readonly stop: AbortSignal },
): Promise<DeliveryAttempt> {
  const { at, secret, stop } = signing;
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': signatureOf(payload, secret, at),
        'user-agent': 'Stripe/1.0 (+https://docs.stripe.com/webhooks)',
      },
      body: payload,
      signal: AbortSignal.any([stop, AbortSignal.timeout(answerWithinMs)]),
    });
    const body = await response.text();
    const error = response.ok ? null : `HTTP ${response.status}: ${body.slice(0, 200)}`;
    return { at, status: response.status, error };
  } catch (error) {
    return { at, status: null, error: messageOf(error) };
  }
}

/** `Stripe-Signature` as docs.stripe.com/webhooks/signature describes it; `at` in epoch ms. */
export function signatureOf(payload: string, secret: string, at: number): string {
  const timestamp = Math.floor(at / 1000);
  const digest = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  return `t=${timestamp},v1=${digest}`;
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
