import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** RFC 9457 problem details; `type` is stable, so that callers may depend on it. */
export interface Problem {
  readonly type: `urn:backstop:problem:${string}`;
  readonly title: string;
  readonly status: number;
  /** What to do about it. */
  readonly detail: string;
  /** Where the input does not fit: a path into the request, and a sentence. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  /** The id of what would do instead. */
  readonly offered?: string;
  /** When it makes sense to try again. */
  readonly retryAfterSeconds?: number;
}

export const problemAnswer = (problem: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: problem.status,
  headers: {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(problem.retryAfterSeconds !== undefined && {
      'retry-after': String(problem.retryAfterSeconds),
    }),
  },
  body: JSON.stringify(problem),
});
