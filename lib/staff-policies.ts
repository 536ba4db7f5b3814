import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import * as z from 'zod/mini';
import { staffRoutes } from '../functions/access.ts';
import type { StaffApi } from './staff-api.ts';

export interface StaffPolicies {
  readonly staff: ManagedPolicy;
  readonly backend: ManagedPolicy;
}

/** What a person attaches to whoever may call the staff API; the stack attaches it to nobody. */
export function createStaffPolicies(scope: Construct, api: StaffApi): StaffPolicies {
  const statement = (effect: Effect, ...resources: readonly string[]) =>
    new PolicyStatement({ effect, actions: ['execute-api:Invoke'], resources: [...resources] });
  const policy = (id: string, description: string, statements: PolicyStatement[]) => {
    const managed = new ManagedPolicy(scope, id, { description, statements });
    const arns = statements
      .filter(({ effect }) => effect === Effect.ALLOW)
      .flatMap(({ resources }) => resources);
    for (const arn of arns) {
      Validations.of(managed).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${nameInFinding(scope, arn)}]`,
        reason:
          'Paths of the staff API name customers, invoices and methods: what stands in their places is a wildcard.',
      });
    }
    return managed;
  };
  return {
    staff: policy('BackstopStaff', 'May call every route of the staff API of Backstop', [
      statement(Effect.ALLOW, api.arnOf('*')),
    ]),
    backend: policy(
      'BackstopBackend',
      "May open a customer's page for a member, and look at a customer and their standing",
      [
        statement(
          Effect.ALLOW,
          api.arnOf('GET/staff/customers/*'),
          api.arnOf('POST/staff/customers/*/portal-sessions'),
        ),
        // A wildcard of IAM goes beyond slashes, so what is below a customer is taken out again.
        statement(Effect.DENY, ...readBelowCustomer().map((path) => api.arnOf(path))),
      ],
    ),
  };
}

/** Every path that reads something of a customer, but the one of their standing. */
const readBelowCustomer = (): readonly string[] =>
  Object.keys(staffRoutes)
    .filter(
      (route) =>
        route.startsWith('GET /staff/customers/{customer}/') && !route.endsWith('/standing'),
    )
    .map((route) => route.replace(' ', '').replaceAll(/\{\w+\}/g, '*'));

const joined = z.object({
  'Fn::Join': z.tuple([
    z.literal(''),
    z.array(z.union([z.string(), z.object({ Ref: z.string() })])),
  ]),
});

/** cdk-nag writes an ARN with what only the deploy knows in angle brackets. */
function nameInFinding(scope: Construct, arn: string): string {
  const { 'Fn::Join': parts } = joined.parse(Stack.of(scope).resolve(arn));
  return parts[1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}
