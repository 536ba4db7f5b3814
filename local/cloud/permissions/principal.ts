import type { RolePlan } from '../template/read-roles.ts';
import type { Statement } from './statement.ts';

/** Whoever makes a request: a function under its role, or a user of the account. */
export interface Principal {
  /** As AWS names it in a refusal. */
  readonly arn: string;
  /** The role's ARN, as policies of resources name it; a user has none. */
  readonly roleArn?: string;
  /** Logical id of the role, or the user's name. */
  readonly name: string;
  /** What its own policies say. */
  readonly statements: readonly Statement[];
}

/** Lambda gives the session the function's name. */
export function functionPrincipal(role: RolePlan, functionName: string): Principal {
  const assumed = role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  return {
    arn: `${assumed}/${functionName}`,
    roleArn: role.arn,
    name: role.logicalId,
    statements: role.statements,
  };
}
