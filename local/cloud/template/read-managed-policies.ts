import * as z from 'zod';
import { account } from '../account.ts';
import { documentSchema, parseIdentityPolicy, type Statement } from '../permissions/statement.ts';
import type { Stack } from './stack.ts';

const ignored = z.optional(z.unknown());

// Attached to a role, group or user of the template it would have to be judged there: a person
// attaches these to whom they choose, and so do the users of the local account.
const managedPolicySchema = z.strictObject({
  Description: ignored,
  ManagedPolicyName: z.optional(z.string()),
  Path: z.optional(z.literal('/')),
  PolicyDocument: documentSchema,
});

/** A policy that the template offers and gives to nobody itself. */
export interface ManagedPolicyPlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** @throws TemplateError for what cannot be judged. */
export function readManagedPolicies(stack: Stack): readonly ManagedPolicyPlan[] {
  return stack.ofType('AWS::IAM::ManagedPolicy').map((resource) => {
    const { logicalId } = resource;
    const { PolicyDocument } = stack.read(resource, managedPolicySchema);
    const name = stack.nameOf(logicalId, 'ManagedPolicyName');
    return {
      logicalId,
      name,
      arn: `arn:${account.partition}:iam::${account.id}:policy/${name}`,
      statements: parseIdentityPolicy(PolicyDocument, logicalId),
    };
  });
}
