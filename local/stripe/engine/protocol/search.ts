import { invalidParameter } from './answer.ts';
import { listRows } from './list.ts';
import { integer, required, text } from './parameters.ts';
import { readSearchQuery, type SearchFields } from './search-query.ts';

/** The parameters that every search takes. */
export const searchParameters = { limit: integer, page: text, query: text };

/** One page of what a query finds, newest first; `next_page` leads to the one after it. */
export function searchRows<T extends { readonly id: string }>(
  rows: readonly T[],
  searchable: SearchFields<T>,
  params: { readonly limit?: number; readonly page?: string; readonly query?: string },
  url: string,
) {
  const matches = readSearchQuery(required(params.query, 'query'), searchable);
  const after = params.page === undefined ? undefined : idOf(params.page);
  if (after !== undefined && !rows.some(({ id }) => id === after)) throw unknownPage();
  const page = { limit: params.limit, starting_after: after };
  const { data, has_more } = listRows(rows, matches, page, url);
  const last = data.at(-1);
  return {
    object: 'search_result',
    data,
    has_more,
    next_page: has_more && last !== undefined ? tokenOf(last.id) : null,
    url,
  };
}

const tokenOf = (id: string) => Buffer.from(id).toString('base64url');
const idOf = (token: string) => Buffer.from(token, 'base64url').toString();

function unknownPage() {
  return invalidParameter(
    'Invalid page: pass the `next_page` of the search result before it.',
    'page',
  );
}
