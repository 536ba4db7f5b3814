import type { PaymentIntentRecord, PaymentMethodRecord, SetupIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What Stripe says when a request is not carried out as asked: the body's `error`. */
export interface ErrorBody {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly param?: string;
  readonly doc_url?: string;
  readonly charge?: string;
  readonly decline_code?: string;
  readonly advice_code?: string;
  readonly network_advice_code?: string;
  readonly network_decline_code?: string;
  readonly payment_intent?: PaymentIntentRecord;
  readonly payment_method?: PaymentMethodRecord;
  readonly payment_method_type?: string;
  readonly setup_intent?: SetupIntentRecord;
}

/** An HTTP answer: a status and a body that becomes JSON. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

export function errorAnswer(status: number, error: ErrorBody): Answer {
  return { status, body: { error: withDocumentation(error) } };
}

/**
 * An error with the address of its request's log, as Stripe's errors have it; here it is the log
 * that the local Stripe at `hostedUrl` keeps.
 */
export function withRequestLog(answer: Answer, hostedUrl: string, requestId: string): Answer {
  const { status, body } = answer;
  if (!('error' in body) || typeof body.error !== 'object') return answer;
  const request_log_url = `${hostedUrl}/_local/requests#${requestId}`;
  return { status, body: { ...body, error: { ...body.error, request_log_url } } };
}

function withDocumentation(error: ErrorBody): ErrorBody {
  return error.code === undefined ? error : { ...error, doc_url: documentationOf(error.code) };
}

/** Where Stripe documents an error code: an error's `doc_url`. */
export function documentationOf(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}

/**
 * Thrown inside the engine when a request is refused: whatever it had changed until then is
 * forgotten. (A declined card is an answer of its own, because its charge stays on record.)
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly error: ErrorBody;
  /**
   * Refused before execution began, so that no answer is stored under the idempotency key:
   * wrong parameters, as Stripe's page on idempotent requests says.
   */
  readonly beforeExecution: boolean;
  /** What stays on record all the same: a charge that was declined on the way. */
  readonly aftermath: ((tx: Transaction) => void) | undefined;

  constructor(
    status: number,
    error: ErrorBody,
    beforeExecution = false,
    aftermath?: (tx: Transaction) => void,
  ) {
    super(error.message);
    this.status = status;
    this.error = error;
    this.beforeExecution = beforeExecution;
    this.aftermath = aftermath;
  }
}

/** A 400 `invalid_request_error` raised while the request is carried out. */
export function invalidRequest(
  message: string,
  details: Partial<Omit<ErrorBody, 'type' | 'message'>> = {},
): Refusal {
  return new Refusal(400, { type: 'invalid_request_error', message, ...details });
}

/** A parameter that cannot be what it is; nothing is stored under the idempotency key. */
export function invalidParameter(message: string, param: string, code?: string): Refusal {
  const details = code === undefined ? { param } : { param, code };
  return new Refusal(400, { type: 'invalid_request_error', message, ...details }, true);
}

/** The object that the path names does not exist: 404; named by a parameter, it is a 400. */
export function resourceMissing(kind: string, id: string, param?: string): Refusal {
  return new Refusal(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param: param ?? 'id',
  });
}

/** Something that Stripe can do and this engine cannot. */
export function notModelled(what: string, param: string): Refusal {
  return invalidParameter(
    `${what} is not modelled by the local Stripe. Leave "${param}" out, or model it in local/stripe.`,
    param,
    'parameter_unknown',
  );
}
