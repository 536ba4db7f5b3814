import middy, { type MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2 as HttpAnswer,
} from 'aws-lambda';
import { problemAnswer } from './problem.ts';
import type { Telemetry } from './telemetry.ts';

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<HttpAnswer>;

/** The stack of every HTTP function: telemetry, and one plain answer for what nobody foresaw. */
export const httpFunction = (handle: HttpHandler, telemetry: Telemetry) =>
  middy<APIGatewayProxyEventV2, HttpAnswer>()
    .use(telemetry.middleware)
    .use(answerUnforeseen(telemetry))
    .handler(handle);

/** Says nothing of the cause to the caller; the log has it, with the request's id. */
const answerUnforeseen = ({
  log,
}: Telemetry): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  onError: (request) => {
    log.error('The request failed', { error: describeError(request.error) });
    request.response = problemAnswer({
      type: 'urn:backstop:problem:internal',
      title: 'The request could not be carried out',
      status: 500,
      detail: 'Send it again. If this stays, look into the log of the function.',
    });
  },
});

/** Name, message and where it came from; our own messages hold ids only. */
export const describeError = (error: unknown): Record<string, unknown> =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: typeof error, message: String(error) };
