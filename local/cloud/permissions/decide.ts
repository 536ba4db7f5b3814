import { type Context, conditionsHold } from './condition.ts';
import type { Pattern } from './pattern.ts';
import type { Statement } from './statement.ts';

/** One thing that AWS checks before it does what a request asks for. */
export interface Need {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for an action that is about no resource. */
  readonly resource: string;
  readonly context: Context;
}

export type Decision =
  | { readonly kind: 'allowed'; readonly by: Match }
  /** `by` is the statement that denies; without it, none allows. */
  | { readonly kind: 'denied'; readonly by?: Match };

/** A statement, and which of its actions and resources it was that matched. */
export interface Match {
  readonly statement: Statement;
  readonly action: Pattern;
  readonly resource: Pattern;
}

/**
 * IAM's rule within one account: a statement that denies wins over all that allow, and what none
 * allows is denied (IAM: "Policy evaluation logic"). The statements may be those of the caller
 * and those of the resource: either may allow.
 */
export function decide(statements: readonly Statement[], need: Need): Decision {
  let allowing: Match | undefined;
  for (const statement of statements) {
    if (statement.effect === 'Allow' && allowing !== undefined) continue;
    const match = matchStatement(statement, need);
    if (match === undefined) continue;
    if (statement.effect === 'Deny') return { kind: 'denied', by: match };
    allowing = match;
  }
  return allowing === undefined ? { kind: 'denied' } : { kind: 'allowed', by: allowing };
}

function matchStatement(statement: Statement, need: Need): Match | undefined {
  const action = statement.actions.find((pattern) => pattern.matches(need.action));
  if (action === undefined) return undefined;
  const resource = statement.resources.find((pattern) => pattern.matches(need.resource));
  if (resource === undefined) return undefined;
  return conditionsHold(statement.conditions, need.context)
    ? { statement, action, resource }
    : undefined;
}
