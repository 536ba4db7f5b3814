import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Staff } from '../api/caller.ts';
import { problem } from '../api/problems.ts';
import type { Problem } from '../runtime/problem.ts';

/**
 * Who signed the request, as IAM says it. API Gateway lets nobody else through; a request that
 * came another way is refused here once more.
 */
export async function admitStaff(
  request: APIGatewayProxyEventV2,
): Promise<{ readonly caller: Staff } | { readonly problem: Problem }> {
  const arn = callerArn(request.requestContext);
  return arn === null ? { problem: unsigned } : { caller: { kind: 'staff', arn } };
}

/** The types of `aws-lambda` know no authorizer where the event need not have one. */
function callerArn(context: object): string | null {
  const authorizer = 'authorizer' in context ? context.authorizer : undefined;
  const iam = isObject(authorizer) && 'iam' in authorizer ? authorizer.iam : undefined;
  const arn = isObject(iam) && 'userArn' in iam ? iam.userArn : undefined;
  return typeof arn === 'string' && arn !== '' ? arn : null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const unsigned = problem(
  'not-signed-in',
  'Sign the request with AWS credentials (Signature Version 4, service "execute-api").',
);
