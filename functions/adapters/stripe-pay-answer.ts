import Stripe from 'stripe';
import type { DeclineCodes } from '../domain/decline/decline.ts';
import { classifyDecline } from '../domain/decline/decline.ts';
import { chargeId } from '../domain/ids.ts';
import type { PayAnswer } from '../domain/stripe/stripe-facts.ts';

/** Nothing was charged; another look at the invoice tells whether it is still open. */
export interface LookAgain {
  readonly kind: 'look_again';
  readonly why: string;
  /** Whether the method was at fault, should the invoice be open. */
  readonly isAboutMethod: boolean;
}

/**
 * What an error of `invoices.pay` means. A 400 or 404 charges nothing, but whether the method
 * or the invoice was at fault only another look at the invoice tells: `look_again`.
 * @throws the error itself where it is none of Stripe's.
 */
export function answerOfPayError(error: unknown): PayAnswer | LookAgain {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const codes = codesOfError(error);
  // By code, not by class: it can arrive as an invalid-request error.
  if (error.code === 'invoice_payment_intent_requires_action') {
    return { kind: 'requires_action', codes, charge: chargeOfError(error) };
  }
  if (error instanceof Stripe.errors.StripeConnectionError) return answerOfConnection(error);
  const status = error.statusCode ?? 0;
  if (status === 402) return answerOfDecline(error, codes);
  if (status === 401 || status === 403)
    return { kind: 'configuration_failed', why: briefly(error) };
  if (status === 429 || (status === 400 && error.code === 'rate_limit')) {
    return { kind: 'not_executed', why: briefly(error) };
  }
  // The key's first request is still under way: what comes of it is not known yet.
  if (status === 409) return { kind: 'unknown', why: briefly(error) };
  if (status >= 500) return { kind: 'server_error', why: briefly(error) };
  if (error instanceof Stripe.errors.StripeIdempotencyError) throw error;
  if (status === 400 || status === 404) {
    const isAboutMethod = aboutMethod(error);
    return { kind: 'look_again', why: briefly(error), isAboutMethod };
  }
  // The SDK gives no status where the body was no JSON (a proxy's page in place of Stripe's
  // answer): the charge may have happened.
  return { kind: 'unknown', why: briefly(error) };
}

/**
 * Whether a refused request was about the payment method. Stripe names the parameter or a code of
 * its own for most of these, and says it in words for the others.
 */
const aboutMethod = ({ param, code, message }: InstanceType<typeof Stripe.errors.StripeError>) =>
  param === 'payment_method' ||
  code?.startsWith('payment_method_') === true ||
  /payment ?method|\bsource\b|\bmandate\b/i.test(message);

function answerOfDecline(
  error: InstanceType<typeof Stripe.errors.StripeError>,
  codes: DeclineCodes,
): PayAnswer {
  const brand = error.payment_method?.card?.brand ?? null;
  const isForHolder = classifyDecline(codes, brand) === 'authentication';
  const kind = isForHolder ? 'requires_action' : 'declined';
  return { kind, codes, charge: chargeOfError(error) };
}

const chargeOfError = ({ charge }: InstanceType<typeof Stripe.errors.StripeError>) =>
  charge === undefined ? null : chargeId(charge);

/** Codes of the operating system that mean no byte of the request reached Stripe. */
const neverConnected = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function answerOfConnection(error: InstanceType<typeof Stripe.errors.StripeError>): PayAnswer {
  const { detail } = error;
  const code = detail instanceof Error && 'code' in detail ? String(detail.code) : '';
  return neverConnected.includes(code)
    ? { kind: 'not_executed', why: code }
    : { kind: 'unknown', why: code === '' ? 'connection lost' : code };
}

const codesOfError = (error: InstanceType<typeof Stripe.errors.StripeError>): DeclineCodes => ({
  code: error.code ?? null,
  declineCode: error.decline_code ?? null,
  adviceCode: error.advice_code ?? null,
  networkAdviceCode: error.network_advice_code ?? null,
  networkDeclineCode: error.network_decline_code ?? null,
});

/** Class, code and request id: Stripe's messages can quote a customer's data. */
export const briefly = (error: InstanceType<typeof Stripe.errors.StripeError>): string =>
  [error.statusCode, error.type, error.code, error.requestId].filter(Boolean).join(' ');
