import { isList, isObject } from '../template/intrinsics.ts';
import { type Json, TemplateError } from '../template/template.ts';

/** A pattern of EventBridge: what an event must have, field by field. */
export type EventPattern = { readonly [field: string]: EventPattern | readonly Matcher[] };

type Matcher =
  | { readonly kind: 'equals'; readonly value: Json }
  | { readonly kind: 'prefix'; readonly value: string }
  | { readonly kind: 'exists'; readonly value: boolean }
  | { readonly kind: 'anything-but'; readonly values: readonly Json[] };

/** @throws TemplateError for a content filter that is not known, with its name. */
export function parseEventPattern(pattern: Json, at: string): EventPattern {
  if (!isObject(pattern)) throw new TemplateError(`${at} has an event pattern that is no object.`);
  return Object.fromEntries(
    Object.entries(pattern).map(([field, value]) => [
      field,
      isList(value)
        ? value.map((matcher) => parseMatcher(matcher, `${at}: "${field}"`))
        : parseEventPattern(value, `${at}: "${field}"`),
    ]),
  );
}

function parseMatcher(matcher: Json, at: string): Matcher {
  if (!isObject(matcher)) return { kind: 'equals', value: matcher };
  const [entry, another] = Object.entries(matcher);
  const [name, value] = entry ?? [];
  if (another === undefined) {
    if (name === 'prefix' && typeof value === 'string') return { kind: 'prefix', value };
    if (name === 'exists' && typeof value === 'boolean') return { kind: 'exists', value };
    if (name === 'anything-but' && value !== undefined && !isObject(value)) {
      return { kind: 'anything-but', values: isList(value) ? value : [value] };
    }
  }
  throw new TemplateError(
    `${at} in its event pattern uses ${JSON.stringify(matcher)}, which the local cloud does not know.`,
  );
}

/** Whether the event has what the pattern asks for; a list in the event matches by any member. */
export function matchesPattern(pattern: EventPattern, event: Json): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    const value = isObject(event) ? event[field] : undefined;
    if (!isMatcherList(expected)) return value !== undefined && matchesPattern(expected, value);
    const candidates = isList(value) ? value : [value];
    return expected.some((matcher) => candidates.some((one) => matchesValue(matcher, one)));
  });
}

function matchesValue(matcher: Matcher, value: Json | undefined): boolean {
  switch (matcher.kind) {
    case 'equals':
      return value === matcher.value;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(matcher.value);
    case 'exists':
      return (value !== undefined) === matcher.value;
    case 'anything-but':
      return value !== undefined && !matcher.values.includes(value);
  }
}

function isMatcherList(
  expected: EventPattern | readonly Matcher[],
): expected is readonly Matcher[] {
  return Array.isArray(expected);
}
