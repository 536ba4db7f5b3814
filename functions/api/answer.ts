import type { APIGatewayProxyStructuredResultV2 as HttpAnswer } from 'aws-lambda';
import { type Problem, problemAnswer } from '../runtime/problem.ts';

/** What an operation answers: something, or why not. A refusal is a value, not an exception. */
export type Answer =
  | {
      readonly status: 200 | 201 | 202;
      readonly body: object;
      /** A `Set-Cookie` value. */
      readonly cookie?: string;
    }
  | { readonly status: 204; readonly cookie?: string }
  | { readonly problem: Problem };

/** On every answer: nothing is cached, nothing is guessed, nothing goes in clear. */
export const securityHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
} as const;

export function httpAnswer(answer: Answer): HttpAnswer {
  if ('problem' in answer) {
    const refused = problemAnswer(answer.problem);
    return { ...refused, headers: { ...securityHeaders, ...refused.headers } };
  }
  const cookies = answer.cookie === undefined ? {} : { cookies: [answer.cookie] };
  if (answer.status === 204)
    return { statusCode: 204, headers: { ...securityHeaders }, ...cookies };
  return {
    statusCode: answer.status,
    headers: { ...securityHeaders, 'content-type': 'application/json' },
    body: JSON.stringify(answer.body),
    ...cookies,
  };
}

export const refuse = (problem: Problem): { readonly problem: Problem } => ({ problem });
