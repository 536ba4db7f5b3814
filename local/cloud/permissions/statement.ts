import * as z from 'zod';
import { type Json, TemplateError } from '../template/template.ts';
import { type Condition, parseConditions } from './condition.ts';
import { actionPattern, arnPattern, type Pattern } from './pattern.ts';

/** One statement of a policy, ready to be judged by. */
export interface Statement {
  /** Where the policy stands: a logical id of the template, or a local user. */
  readonly policy: string;
  /** The statement's place in that policy, from 0. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly Pattern[];
  readonly resources: readonly Pattern[];
  readonly conditions: readonly Condition[];
  /** Whom a statement of a resource's policy is about; absent in the policy of a role or user. */
  readonly principals?: readonly StatementPrincipal[];
}

export type StatementPrincipal =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'role'; readonly arn: string }
  | { readonly kind: 'service'; readonly name: string };

const json: z.ZodType<Json> = z.json();
const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementFields = {
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: z.optional(json),
};
const identityStatement = z.strictObject(statementFields);
const resourceStatement = z.strictObject({
  ...statementFields,
  Principal: z.union([
    z.literal('*'),
    z.strictObject({ AWS: z.optional(oneOrMore), Service: z.optional(oneOrMore) }),
  ]),
});

/** A policy document before its statements are read. */
export const documentSchema = z.strictObject({
  Version: z.enum(['2012-10-17', '2008-10-17']),
  Id: z.optional(z.string()),
  Statement: z.union([z.array(json), json.transform((one) => [one])]),
});

export type PolicyDocument = z.output<typeof documentSchema>;

/**
 * The statements of a role's or a user's policy.
 *
 * @param policy Where it stands, for the error's sentence and for whoever asks what allowed it.
 * @throws TemplateError for an element that cannot be judged, such as `NotResource`.
 */
export function parseIdentityPolicy(
  document: PolicyDocument,
  policy: string,
): readonly Statement[] {
  return document.Statement.map((json, index) =>
    build(parse(identityStatement, json, policy, index), policy, index),
  );
}

/**
 * The statements of a policy that a resource has.
 *
 * @throws TemplateError for an element or a principal that cannot be judged.
 */
export function parseResourcePolicy(
  document: PolicyDocument,
  policy: string,
): readonly Statement[] {
  return document.Statement.map((json, index) => {
    const statement = parse(resourceStatement, json, policy, index);
    const { Principal } = statement;
    const { AWS = [], Service = [] } = Principal === '*' ? { AWS: ['*'] } : Principal;
    const principals = [
      ...AWS.map((arn) => principalOf(arn, placeOf(policy, index))),
      ...Service.map((name) => ({ kind: 'service' as const, name })),
    ];
    return { ...build(statement, policy, index), principals };
  });
}

function principalOf(arn: string, at: string): StatementPrincipal {
  if (arn === '*') return { kind: 'everybody' };
  if (/^arn:aws:iam::\d{12}:role\//.test(arn)) return { kind: 'role', arn };
  throw new TemplateError(
    `${at} names the principal "${arn}", which the local cloud cannot judge.`,
  );
}

function build(
  statement: z.output<typeof identityStatement>,
  policy: string,
  index: number,
): Statement {
  const at = placeOf(policy, index);
  const { Effect, Action, Resource, Condition } = statement;
  const variable = [...Resource, JSON.stringify(Condition ?? '')].find((text) => /\$\{/.test(text));
  if (variable !== undefined) {
    throw new TemplateError(
      `${at} has a policy variable in "${variable}", which the local cloud does not know.`,
    );
  }
  return {
    policy,
    index,
    effect: Effect,
    actions: Action.map(actionPattern),
    resources: Resource.map(arnPattern),
    conditions: Condition === undefined ? [] : parseConditions(Condition, at),
  };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  json: Json,
  policy: string,
  index: number,
): z.output<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknown.slice(0, 1)].join('.');
  throw new TemplateError(
    `${placeOf(policy, index)}: the local cloud cannot judge by "${path}": ${issue?.message ?? ''}`,
  );
}

const placeOf = (policy: string, index: number) => `${policy}, statement ${index}`;
