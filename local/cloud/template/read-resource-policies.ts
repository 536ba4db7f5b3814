import * as z from 'zod';
import {
  documentSchema,
  type PolicyDocument,
  parseResourcePolicy,
  type Statement,
} from '../permissions/statement.ts';
import { type FunctionPlan, findFunction } from './read-functions.ts';
import type { QueuePlan } from './read-queues.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';

const queuePolicySchema = z.strictObject({
  PolicyDocument: documentSchema,
  Queues: z.array(z.string()),
});

const permissionSchema = z.strictObject({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string().check(z.endsWith('.amazonaws.com')),
  SourceAccount: z.optional(z.string()),
  SourceArn: z.optional(z.string()),
});

/** The statements of the policies that queues and functions have, by the resource's ARN. */
export type ResourcePolicies = ReadonlyMap<string, readonly Statement[]>;

/** @throws TemplateError for what cannot be judged, and for a policy of nothing in the template. */
export function readResourcePolicies(
  stack: Stack,
  parts: { readonly queues: readonly QueuePlan[]; readonly functions: readonly FunctionPlan[] },
): ResourcePolicies {
  const policies = new Map<string, readonly Statement[]>();
  const add = (arn: string, statements: readonly Statement[]) =>
    policies.set(arn, [...(policies.get(arn) ?? []), ...statements]);
  for (const resource of stack.ofType('AWS::SQS::QueuePolicy')) {
    const { PolicyDocument, Queues } = stack.read(resource, queuePolicySchema);
    for (const url of Queues) {
      const { arn } = findQueue(parts.queues, url, resource.logicalId);
      add(arn, parseResourcePolicy(PolicyDocument, resource.logicalId));
    }
  }
  for (const resource of stack.ofType('AWS::Lambda::Permission')) {
    const permission = stack.read(resource, permissionSchema);
    const { arn } = findFunction(parts.functions, permission.FunctionName, resource.logicalId);
    add(arn, parseResourcePolicy(documentOf(permission, arn), resource.logicalId));
  }
  return policies;
}

/** The statement that Lambda writes for a permission (Lambda: "AddPermission"). */
function documentOf(
  { Action, Principal, SourceArn, SourceAccount }: z.output<typeof permissionSchema>,
  arn: string,
): PolicyDocument {
  const conditions = {
    ...(SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
    ...(SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
  };
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: Principal },
        Action,
        Resource: arn,
        Condition: conditions,
      },
    ],
  };
}

function findQueue(queues: readonly QueuePlan[], url: string, at: string): QueuePlan {
  const name = url.slice(url.lastIndexOf('/') + 1);
  const queue = queues.find((plan) => plan.name === name);
  if (queue !== undefined) return queue;
  throw new TemplateError(`${at} is about "${url}", which is no queue of the template.`);
}
