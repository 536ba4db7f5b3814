import * as z from 'zod';
import { account } from '../account.ts';
import { documentSchema, parseIdentityPolicy, type Statement } from '../permissions/statement.ts';
import type { Stack } from './stack.ts';
import { TemplateError } from './template.ts';

const ignored = z.optional(z.unknown());

const trustSchema = z.object({
  Statement: z.array(
    z.object({
      Effect: z.string(),
      Action: z.union([z.string(), z.array(z.string())]),
      Principal: z.object({ Service: z.optional(z.union([z.string(), z.array(z.string())])) }),
    }),
  ),
});

const inlinePolicies = z.array(
  z.strictObject({ PolicyName: z.string(), PolicyDocument: documentSchema }),
);

// A permissions boundary would take rights away: it is refused by name, as are managed policies.
const roleSchema = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  Description: ignored,
  MaxSessionDuration: ignored,
  Path: z.optional(z.literal('/')),
  Policies: z.optional(inlinePolicies),
  RoleName: z.optional(z.string()),
  Tags: ignored,
});

const policySchema = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: documentSchema,
  Roles: z.array(z.string()),
});

/** Who a function is, and what its role allows. */
export interface RolePlan {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Whether Lambda may run functions under this role. */
  readonly letsLambdaIn: boolean;
  readonly statements: readonly Statement[];
}

/** @throws TemplateError for what cannot be judged, and for a policy of no role of the template. */
export function readRoles(stack: Stack): readonly RolePlan[] {
  const policies = stack.ofType('AWS::IAM::Policy').map((resource) => ({
    logicalId: resource.logicalId,
    ...stack.read(resource, policySchema),
  }));
  const roles = stack.ofType('AWS::IAM::Role').map((resource): RolePlan => {
    const { logicalId } = resource;
    const role = stack.read(resource, roleSchema);
    const name = stack.nameOf(logicalId, 'RoleName');
    const inline = (role.Policies ?? []).flatMap(({ PolicyName, PolicyDocument }) =>
      parseIdentityPolicy(PolicyDocument, `${logicalId}.${PolicyName}`),
    );
    const attached = policies
      .filter(({ Roles }) => Roles.includes(name))
      .flatMap((policy) => parseIdentityPolicy(policy.PolicyDocument, policy.logicalId));
    return {
      logicalId,
      name,
      arn: `arn:${account.partition}:iam::${account.id}:role/${name}`,
      letsLambdaIn: letsLambdaIn(role.AssumeRolePolicyDocument),
      statements: [...inline, ...attached],
    };
  });
  for (const { logicalId, Roles } of policies) {
    const stranger = Roles.find((name) => !roles.some((role) => role.name === name));
    if (stranger !== undefined) {
      throw new TemplateError(
        `${logicalId} is attached to "${stranger}", which is no role of the template.`,
      );
    }
  }
  return roles;
}

function letsLambdaIn(document: unknown): boolean {
  const trust = trustSchema.safeParse(document);
  if (!trust.success) return false;
  return trust.data.Statement.some(
    ({ Effect, Action, Principal }) =>
      Effect === 'Allow' &&
      [Action].flat().includes('sts:AssumeRole') &&
      [Principal.Service].flat().includes('lambda.amazonaws.com'),
  );
}

/**
 * The role that a function runs under.
 *
 * @throws TemplateError when it is none of the template's, or not for Lambda.
 */
export function findRole(roles: readonly RolePlan[], arn: string, at: string): RolePlan {
  const role = roles.find((one) => one.arn === arn);
  if (role === undefined) {
    throw new TemplateError(`${at} has the role "${arn}", which is none of the template's.`);
  }
  if (role.letsLambdaIn) return role;
  throw new TemplateError(
    `${at} cannot have the role ${role.logicalId}: its AssumeRolePolicyDocument does not let lambda.amazonaws.com in.`,
  );
}
