/** Fields of something that somebody else wrote: nothing is known of them before a look. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields | null => (isFields(value) ? value : null);

export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Zero where it is no number: counters that were never raised may be missing. */
export const countOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

export const momentOf = (value: unknown): number | null =>
  typeof value === 'number' ? value : null;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The list under a key, made where there is none yet. */
export function listIn<Key, One>(map: Map<Key, One[]>, key: Key): One[] {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made: One[] = [];
  map.set(key, made);
  return made;
}
