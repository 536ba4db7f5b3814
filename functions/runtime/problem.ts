import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** RFC 9457 problem details; `type` is stable, so that callers may depend on it. */
export interface Problem {
  readonly type: `urn:backstop:problem:${string}`;
  readonly title: string;
  readonly status: number;
  /** What to do about it. */
  readonly detail: string;
}

export const problemAnswer = (problem: Problem): APIGatewayProxyStructuredResultV2 => ({
  statusCode: problem.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: JSON.stringify(problem),
});
