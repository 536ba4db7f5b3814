import { account } from '../account.ts';
import type { ManagedPolicyPlan } from '../template/read-managed-policies.ts';
import { TemplateError } from '../template/template.ts';
import { withoutHash } from '../without-hash.ts';
import type { Principal } from './principal.ts';
import { documentSchema, parseIdentityPolicy, type Statement } from './statement.ts';
import type { Credentials } from './verify-signature.ts';

/** A user of the local account, as a person with a key of their own has in AWS. */
export interface LocalUser {
  readonly name: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Statements of IAM, as they stand in a policy. */
  readonly statements: readonly unknown[];
  /** Managed policies of the template that the user has beside, by logical id or name. */
  readonly managedPolicies?: readonly string[];
}

/** Somebody whose requests can be told and judged. */
export interface KnownCaller {
  readonly credentials: Credentials;
  readonly principal: Principal;
}

/**
 * @param managed The managed policies of the template.
 * @throws TemplateError for a statement that cannot be judged, or a policy that is not there.
 */
export function knowUser(user: LocalUser, managed: readonly ManagedPolicyPlan[] = []): KnownCaller {
  const at = `the local user "${user.name}"`;
  const document = documentSchema.safeParse({
    Version: '2012-10-17',
    Statement: user.statements,
  });
  if (!document.success) throw new TemplateError(`The statements of ${at} are no policy.`);
  return {
    credentials: { accessKeyId: user.accessKeyId, secretAccessKey: user.secretAccessKey },
    principal: {
      arn: `arn:${account.partition}:iam::${account.id}:user/${user.name}`,
      name: user.name,
      statements: [
        ...parseIdentityPolicy(document.data, at),
        ...(user.managedPolicies ?? []).flatMap((wanted) => attached(wanted, managed, at)),
      ],
    },
  };
}

function attached(
  wanted: string,
  managed: readonly ManagedPolicyPlan[],
  at: string,
): readonly Statement[] {
  const found = managed.find(({ logicalId, name }) =>
    [logicalId, withoutHash(logicalId), name].includes(wanted),
  );
  if (found !== undefined) return found.statements;
  throw new TemplateError(`${at} has "${wanted}", which is no managed policy of the template.`);
}

/** Whoever runs the local cloud: may do anything, as the owner of an account. */
export const operator: LocalUser = {
  name: 'operator',
  accessKeyId: 'operator',
  secretAccessKey: 'operator',
  statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};
