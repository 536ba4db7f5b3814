import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Access } from '../access.ts';
import type { Log } from '../domain/ports.ts';
import type { Problem } from '../runtime/problem.ts';
import { type Answer, httpAnswer, refuse } from './answer.ts';
import type { Caller } from './caller.ts';
import { holdsCardNumber } from './find-card-number.ts';
import type { Operation, RequestInfo } from './operation.ts';
import { problem } from './problems.ts';
import { readBody } from './read-body.ts';
import { isStripeSilent } from './stripe-silent.ts';

export interface Served<Dependencies, Who extends Caller> {
  readonly operations: Readonly<Record<string, Operation<Dependencies, Who>>>;
  /** Who may call each of them. */
  readonly access: Readonly<Record<string, Access>>;
  /**
   * Who is calling, if that is somebody whom `access` lets in; otherwise why not. The one place
   * in which a request is let through or refused.
   */
  admit(
    request: APIGatewayProxyEventV2,
    access: Access,
  ): Promise<{ readonly caller: Who } | { readonly problem: Problem }>;
  /**
   * The network address of whoever is calling.
   * @default the one that API Gateway saw
   */
  readonly addressOf?: (request: APIGatewayProxyEventV2) => Promise<string>;
  readonly dependencies: Dependencies;
  readonly log: Log;
}

/**
 * Answers a request of API Gateway (payload format 2.0) with the operation of its route: first
 * the caller, then the body, then the input's form, then the work.
 */
export const serve =
  <Dependencies, Who extends Caller>(served: Served<Dependencies, Who>) =>
  async (request: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const answer = await answerOf(served, request);
    if ('problem' in answer) {
      const { type, status } = answer.problem;
      served.log.warn('Request refused', { route: request.routeKey, problem: type, status });
    } else {
      served.log.info('Request answered', { route: request.routeKey, status: answer.status });
    }
    return httpAnswer(answer);
  };

async function answerOf<Dependencies, Who extends Caller>(
  { operations, access, admit, addressOf, dependencies, log }: Served<Dependencies, Who>,
  request: APIGatewayProxyEventV2,
): Promise<Answer> {
  const operation = own(operations, request.routeKey);
  const allowed = own(access, request.routeKey);
  if (operation === undefined || allowed === undefined) return refuse(noSuchRoute);
  const admitted = await admit(request, allowed);
  if ('problem' in admitted) return admitted;
  const { caller } = admitted;
  // The path and the query stand in access logs that others keep: nothing secret belongs there.
  const path = request.pathParameters ?? {};
  const query = request.queryStringParameters ?? {};
  if ([path, query].flatMap(Object.entries).flat().some(isCardNumber)) {
    return refuse(misplacedCardNumber);
  }
  const read = readBody(request, operation.excused);
  if (!read.ok) return refuse(read.problem);
  try {
    const address = (await addressOf?.(request)) ?? request.requestContext.http.sourceIp;
    const call = { caller, request: infoOf(request, address), path, query, body: read.body };
    return await operation.run(dependencies, call);
  } catch (error) {
    if (!isStripeSilent(error)) throw error;
    log.error('Stripe did not answer', { route: request.routeKey, error: error.message });
    return refuse(stripeSilent);
  }
}

/** Without what every object has, such as `constructor`. */
const own = <Value>(rows: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(rows, name) ? rows[name] : undefined;

const isCardNumber = (text: string | undefined) => text !== undefined && holdsCardNumber(text);

const infoOf = ({ requestContext }: APIGatewayProxyEventV2, address: string): RequestInfo => ({
  id: requestContext.requestId,
  address,
  // The types promise a text; whether a request without the header has one, no page of AWS says.
  userAgent: String(requestContext.http.userAgent ?? '').slice(0, 512),
});

const noSuchRoute = problem('not-found', 'There is no such route. docs/openapi.json lists all.');
const misplacedCardNumber = problem(
  'card-number',
  'Something in the address of the request looks like a card number. Card data go from the browser to Stripe only.',
);
const stripeSilent = problem(
  'stripe-unavailable',
  'Stripe could not be asked just now. Nothing is lost: what was begun is finished by itself. Send the request again in a minute.',
  { retryAfterSeconds: 60 },
);
