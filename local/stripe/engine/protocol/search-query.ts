import { invalidParameter } from './answer.ts';

/** How a field of a resource can be searched: docs.stripe.com/search#search-query-language. */
export type SearchField<T> =
  | { readonly type: 'numeric'; readonly read: (row: T) => number }
  | { readonly type: 'string' | 'token'; readonly read: (row: T) => string | null };

export interface SearchFields<T> {
  /** As in the URL of its docs: `customers`. */
  readonly resource: string;
  readonly fields: Readonly<Record<string, SearchField<T>>>;
  readonly metadata: (row: T) => Readonly<Record<string, string>>;
}

type Filter<T> = (row: T) => boolean;

interface Clause {
  readonly negated: boolean;
  readonly field: string;
  /** The key in `metadata['key']`. */
  readonly key: string | undefined;
  readonly operator: string;
  readonly value: string | number | null;
}

/** Stripe takes substrings of three characters or more. */
const shortestSubstring = 3;

const clausePattern =
  /^(?<negation>-)?(?<field>[a-z_][a-z0-9_.]*)(?:\[(?<key>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\])?\s*(?<operator>:|~|>=|<=|>|<)\s*(?<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|-?\d+(?:\.\d+)?|null)/i;
const connectivePattern = /^\s+(?:(?<word>and|or)\s+)?/i;

/** Reads a query in Stripe's search language. @throws Refusal where it cannot be read. */
export function readSearchQuery<T>(query: string, searchable: SearchFields<T>): Filter<T> {
  const { clauses, isAlternative } = parse(query.trim());
  const filters = clauses.map((clause) => filterOf(clause, searchable));
  return isAlternative
    ? (row) => filters.some((filter) => filter(row))
    : (row) => filters.every((filter) => filter(row));
}

function parse(query: string): { clauses: Clause[]; isAlternative: boolean } {
  const clauses: Clause[] = [];
  const words = new Set<string>();
  let rest = query;
  for (;;) {
    const found = clausePattern.exec(rest);
    if (found === null) throw unreadable();
    clauses.push(clauseOf(found.groups ?? {}));
    rest = rest.slice(found[0].length);
    if (rest === '') break;
    const connective = connectivePattern.exec(rest);
    if (connective === null) throw unreadable();
    words.add((connective.groups?.word ?? 'and').toLowerCase());
    rest = rest.slice(connective[0].length);
  }
  if (words.size > 1) {
    throw invalidParameter('AND and OR cannot be combined in one search query.', 'query');
  }
  return { clauses, isAlternative: words.has('or') };
}

function clauseOf(groups: { readonly [name: string]: string | undefined }): Clause {
  const { negation, field = '', key, operator = '', value = '' } = groups;
  return {
    negated: negation !== undefined,
    field,
    key: key === undefined ? undefined : unquote(key),
    operator,
    value: readValue(value),
  };
}

function readValue(written: string): string | number | null {
  if (written.toLowerCase() === 'null') return null;
  return /^["']/.test(written) ? unquote(written) : Number(written);
}

const unquote = (quoted: string) => quoted.slice(1, -1).replaceAll(/\\(.)/g, '$1');

function filterOf<T>(clause: Clause, searchable: SearchFields<T>): Filter<T> {
  const matches = matcherOf(clause, searchable);
  return clause.negated ? (row) => !matches(row) : matches;
}

function matcherOf<T>(clause: Clause, searchable: SearchFields<T>): Filter<T> {
  const { field, key } = clause;
  if (field === 'metadata') {
    if (key === undefined) throw unreadable();
    const read = (row: T) => searchable.metadata(row)[key] ?? null;
    return textMatcher(clause, { type: 'token', read });
  }
  const known = Object.hasOwn(searchable.fields, field) ? searchable.fields[field] : undefined;
  if (known === undefined || key !== undefined) {
    throw invalidParameter(
      `Field \`${field}\` is an unsupported search field for resource \`${searchable.resource}\`. ` +
        `See https://docs.stripe.com/search#query-fields-for-${searchable.resource} for a list of supported fields.`,
      'query',
    );
  }
  return known.type === 'numeric' ? numberMatcher(clause, known.read) : textMatcher(clause, known);
}

function numberMatcher<T>(clause: Clause, read: (row: T) => number): Filter<T> {
  const { operator, value } = clause;
  const wanted = Number(value);
  if (value === null || Number.isNaN(wanted) || operator === '~') throw unreadable();
  return (row) => {
    const found = read(row);
    if (operator === '>') return found > wanted;
    if (operator === '>=') return found >= wanted;
    if (operator === '<') return found < wanted;
    return operator === '<=' ? found <= wanted : found === wanted;
  };
}

/** Text is compared without regard to upper and lower case. */
function textMatcher<T>(
  { field, operator, value }: Clause,
  { type, read }: { readonly type: string; readonly read: (row: T) => string | null },
): Filter<T> {
  if (value === null && operator === ':') return (row) => read(row) === null;
  if (typeof value !== 'string') throw unreadable();
  const wanted = value.toLowerCase();
  if (operator === ':') return (row) => read(row)?.toLowerCase() === wanted;
  if (operator !== '~' || type === 'token') {
    throw invalidParameter(
      `Field \`${field}\` does not support the operator \`${operator}\`.`,
      'query',
    );
  }
  if (wanted.length < shortestSubstring) {
    throw invalidParameter(
      `A substring to search for has at least ${shortestSubstring} characters.`,
      'query',
    );
  }
  return (row) => read(row)?.toLowerCase().includes(wanted) ?? false;
}

function unreadable() {
  return invalidParameter(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` ' +
      'to query for metadata or key:"value" to query for other fields.',
    'query',
  );
}
