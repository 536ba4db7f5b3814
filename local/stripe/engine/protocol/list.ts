import type Stripe from 'stripe';
import { positionOf } from '../transaction.ts';
import { invalidParameter, resourceMissing } from './answer.ts';
import { integer, text } from './parameters.ts';

/** The parameters that every list takes. */
export const listParameters = { limit: integer, starting_after: text, ending_before: text };

/** Whether a row's value is the one that a filter asks for; a filter not given asks for any. */
export function isWanted(wanted: string | undefined, value: string | null | undefined): boolean {
  return wanted === undefined || wanted === value;
}

export interface Page {
  readonly limit?: number | undefined;
  readonly starting_after?: string | undefined;
  readonly ending_before?: string | undefined;
}

/**
 * One page of rows, newest first. A cursor is the id of a row; a page before a cursor holds the
 * rows nearest to it.
 */
export function listRows<T extends { readonly id: string }>(
  rows: readonly T[],
  keep: (row: T) => boolean,
  page: Page,
  url: string,
): Stripe.ApiList<T> {
  const limit = page.limit ?? 10;
  if (limit < 1 || limit > 100) {
    throw invalidParameter(
      `This value must be between 1 and 100 (it currently is '${limit}').`,
      'limit',
      'parameter_invalid_integer',
    );
  }
  if (page.starting_after !== undefined && page.ending_before !== undefined) {
    throw invalidParameter(
      'You cannot use both `starting_after` and `ending_before`.',
      'ending_before',
    );
  }
  const backwards = page.ending_before !== undefined;
  const candidates = candidateRows(rows, page);
  const found: T[] = [];
  for (const row of candidates) {
    if (keep(row)) found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return {
    object: 'list',
    data: backwards ? data.reverse() : data,
    has_more: found.length > limit,
    url,
  };
}

/** The rows beyond the cursor, nearest first. */
function* candidateRows<T extends { readonly id: string }>(
  rows: readonly T[],
  page: Page,
): Iterable<T> {
  if (page.ending_before !== undefined) {
    yield* rows.slice(cursorPosition(rows, page.ending_before, 'ending_before') + 1);
    return;
  }
  const end =
    page.starting_after === undefined
      ? rows.length
      : cursorPosition(rows, page.starting_after, 'starting_after');
  for (let index = end - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row !== undefined) yield row;
  }
}

function cursorPosition(
  rows: readonly { readonly id: string }[],
  id: string,
  param: string,
): number {
  const position = positionOf(rows, id);
  if (rows[position]?.id !== id) throw resourceMissing('object', id, param);
  return position;
}
