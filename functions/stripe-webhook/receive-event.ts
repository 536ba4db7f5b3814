import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { interpretEvent } from '../events/interpret-event.ts';
import { type HintDependencies, takeHint } from '../events/take-hint.ts';
import type { HttpHandler } from '../runtime/http.ts';
import { type Problem, problemAnswer } from '../runtime/problem.ts';

export interface WebhookDependencies extends HintDependencies {
  /** @throws where no signing secret can be had: then Stripe must deliver again. */
  readonly signingSecrets: () => Promise<readonly string[]>;
  readonly isSigned: (
    body: Uint8Array,
    header: string,
    secrets: readonly string[],
    nowMs: number,
  ) => boolean;
  readonly livemode: boolean;
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
    await takeHint(dependencies, received.ids, received.hint);
    return { statusCode: 200, body: '' };
  };

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
