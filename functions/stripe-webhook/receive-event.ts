import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { hintedCase } from '../domain/dunning-case.ts';
import { messageVersion } from '../domain/messages.ts';
import type { Clock, Log, Metrics, Queues } from '../domain/ports.ts';
import type { HttpHandler } from '../runtime/http.ts';
import { type Problem, problemAnswer } from '../runtime/problem.ts';
import type { Records } from '../runtime/records.ts';
import { type EventIds, type Hint, interpretEvent } from './interpret-event.ts';

export interface WebhookDependencies {
  readonly records: Pick<Records, 'addCase' | 'case'>;
  readonly queues: Pick<Queues, 'sendRetry'>;
  /** @throws where no signing secret can be had: then Stripe must deliver again. */
  readonly signingSecrets: () => Promise<readonly string[]>;
  readonly isSigned: (
    body: Uint8Array,
    header: string,
    secrets: readonly string[],
    nowMs: number,
  ) => boolean;
  readonly livemode: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Stripe's events are far smaller; what is larger was not sent by Stripe. */
const largestBodyBytes = 256 * 1024;

/**
 * `POST /webhooks/stripe`: verify the raw bytes, record the hint, queue the intent, answer.
 * Stripe is never called from here. Whatever fails is answered with a 500, so that Stripe
 * delivers again; whatever is done is done again without harm by a second delivery.
 */
export const receiveEvent =
  (dependencies: WebhookDependencies): HttpHandler =>
  async (request) => {
    const body = bytesOf(request);
    if (body.byteLength > largestBodyBytes) return refuse(dependencies, tooLarge);
    const signature = request.headers['stripe-signature'] ?? '';
    const secrets = await dependencies.signingSecrets();
    if (!dependencies.isSigned(body, signature, secrets, dependencies.clock.now())) {
      return refuse(dependencies, badSignature);
    }
    const received = interpretEvent(parseJson(body), dependencies.livemode);
    if (received === null) return refuse(dependencies, notAnEvent);
    dependencies.metrics.count('EventReceived');
    await record(dependencies, received.ids, received.hint);
    return { statusCode: 200, body: '' };
  };

async function record(
  { records, queues, clock, log, metrics }: WebhookDependencies,
  ids: EventIds,
  hint: Hint,
): Promise<void> {
  if (hint.hint === 'ignored') {
    metrics.count('EventIgnored');
    log.info('Event ignored', { ...ids, why: hint.why });
    return;
  }
  const { customer, invoice } = hint;
  if (hint.hint === 'failed') {
    // A second delivery finds the case there and sends the message again: the case decides
    // whether a pass is due, so one message more starts nothing.
    const added = await records.addCase(hintedCase(customer, invoice, clock.now()));
    log.info(added ? 'Case recorded' : 'Case known', { ...ids, customer, invoice });
    await queues.sendRetry({ v: messageVersion, type: 'pass', customer, invoice });
    return;
  }
  if (hint.hint === 'overpaid') {
    metrics.count('InvoiceOverpaid');
    log.error('Stripe reports an overpaid invoice', { ...ids, customer, invoice });
  }
  // Every healthy renewal says `invoice.paid`: without a case there is nothing to settle.
  if ((await records.case(customer, invoice)) === null) return;
  await queues.sendRetry({ v: messageVersion, type: 'settle', customer, invoice });
  log.info('Case may be settled', { ...ids, customer, invoice });
}

function refuse({ log, metrics }: WebhookDependencies, problem: Problem) {
  metrics.count('DeliveryRefused');
  log.warn('Delivery refused', { problem: problem.type });
  return problemAnswer(problem);
}

/** API Gateway hands over bodies that it does not take for text as base64. */
const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): Uint8Array =>
  Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

/** `undefined` for what is no JSON. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const tooLarge: Problem = {
  type: 'urn:backstop:problem:body-too-large',
  title: 'The body is too large',
  status: 413,
  detail: `Stripe's events are smaller than ${largestBodyBytes} bytes.`,
};
const badSignature: Problem = {
  type: 'urn:backstop:problem:invalid-signature',
  title: 'The signature does not fit',
  status: 400,
  detail:
    "Send Stripe's event as it came, with its stripe-signature header, within 5 minutes, and " +
    "keep the endpoint's signing secret (whsec_...) in the secret of the stack.",
};
const notAnEvent: Problem = {
  type: 'urn:backstop:problem:not-an-event',
  title: 'The body is not a Stripe event',
  status: 400,
  detail: 'Send an event of the Stripe API as JSON.',
};
