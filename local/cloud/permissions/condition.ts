import { isList, isObject } from '../template/intrinsics.ts';
import { type Json, TemplateError } from '../template/template.ts';
import { arnConditionPattern, type Pattern, textPattern } from './pattern.ts';

/** Facts about a request by the names of IAM's condition keys, in lower case. */
export type Context = Readonly<Partial<Record<ConditionKey, string>>>;

/** The keys of which the local cloud knows the value; any other one is refused at the start. */
const conditionKeys = [
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'ses:fromaddress',
] as const;

type ConditionKey = (typeof conditionKeys)[number];

/** The requests of this machine stand for requests over TLS: AWS has no other ones here. */
export const overTls: Context = { 'aws:securetransport': 'true' };

export interface Condition {
  readonly key: ConditionKey;
  /** One of them must match. */
  readonly values: readonly Pattern[];
}

const exactly = (text: string): Pattern => ({ text, matches: (value) => value === text });
const eitherCase = (text: string): Pattern => ({
  text,
  matches: (value) => value.toLowerCase() === text.toLowerCase(),
});

/** `ArnEquals` and `ArnLike` behave alike (IAM: "Condition operators"). */
const operators: Readonly<Record<string, (text: string) => Pattern>> = {
  ArnEquals: arnConditionPattern,
  ArnLike: arnConditionPattern,
  Bool: eitherCase,
  StringEquals: exactly,
  StringLike: textPattern,
};

/**
 * @param at Where the conditions stand, for the error's sentence.
 * @throws TemplateError for an operator or a key that is not known.
 */
export function parseConditions(block: Json, at: string): readonly Condition[] {
  if (!isObject(block)) throw new TemplateError(`${at} has a condition that is no object.`);
  return Object.entries(block).flatMap(([operator, keys]) => {
    const patternOf = operators[operator];
    if (patternOf === undefined || !isObject(keys)) {
      throw new TemplateError(
        `${at} uses the condition operator "${operator}", which the local cloud does not know.`,
      );
    }
    return Object.entries(keys).map(([name, values]) => ({
      key: keyNamed(name, at),
      values: (isList(values) ? values : [values]).map((value) => patternOf(String(value))),
    }));
  });
}

function keyNamed(name: string, at: string): ConditionKey {
  const key = conditionKeys.find((one) => one === name.toLowerCase());
  if (key !== undefined) return key;
  throw new TemplateError(
    `${at} uses the condition key "${name}", which the local cloud does not know.`,
  );
}

/** Whether all of them hold; one about a fact that the request does not have does not. */
export function conditionsHold(conditions: readonly Condition[], context: Context): boolean {
  return conditions.every(({ key, values }) => {
    const fact = context[key];
    return fact !== undefined && values.some((value) => value.matches(fact));
  });
}
