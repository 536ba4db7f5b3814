/**
 * The properties that changed, with what they were. Within a group of properties only those that
 * changed stand, and one that is new was null before; a list stands whole. (The docs of an event's
 * `data.previous_attributes`.)
 */
export function previousAttributes(now: object, before: object): object {
  const after = new Map<string, unknown>(Object.entries(now));
  const changed = Object.entries(before).flatMap(([key, was]: [string, unknown]) => {
    const is = after.get(key);
    return isSame(is, was) ? [] : [[key, valueBefore(is, was)] as const];
  });
  return Object.fromEntries(changed);
}

function valueBefore(is: unknown, was: unknown): unknown {
  if (!isGroup(is) || !isGroup(was)) return was;
  const added = Object.keys(is).filter((key) => !Object.hasOwn(was, key));
  return {
    ...Object.fromEntries(added.map((key) => [key, null])),
    ...previousAttributes(is, was),
  };
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
