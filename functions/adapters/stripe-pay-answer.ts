import Stripe from 'stripe';
import type { DeclineCodes } from '../domain/decline.ts';
import { classifyDecline } from '../domain/decline.ts';
import { chargeId } from '../domain/ids.ts';
import type { PayAnswer } from '../domain/stripe-facts.ts';

/**
 * What an error of `invoices.pay` means. A 400 or 404 charges nothing, but whether the method
 * or the invoice was at fault only another look at the invoice tells: `look_again`.
 * @throws the error itself where it is none of Stripe's.
 */
export function answerOfPayError(error: unknown): PayAnswer | { kind: 'look_again'; why: string } {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const codes = codesOfError(error);
  // By code, not by class: it can arrive as an invalid-request error.
  if (error.code === 'invoice_payment_intent_requires_action') {
    return { kind: 'requires_action', codes };
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
  if (status === 400 || status === 404) return { kind: 'look_again', why: briefly(error) };
  // The SDK gives no status where the body was no JSON (a proxy's page in place of Stripe's
  // answer): the charge may have happened.
  return { kind: 'unknown', why: briefly(error) };
}

function answerOfDecline(
  error: InstanceType<typeof Stripe.errors.StripeError>,
  codes: DeclineCodes,
): PayAnswer {
  const brand = error.payment_method?.card?.brand ?? null;
  if (classifyDecline(codes, brand) === 'authentication') return { kind: 'requires_action', codes };
  return {
    kind: 'declined',
    codes,
    charge: error.charge === undefined ? null : chargeId(error.charge),
  };
}

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
const briefly = (error: InstanceType<typeof Stripe.errors.StripeError>): string =>
  [error.statusCode, error.type, error.code, error.requestId].filter(Boolean).join(' ');
