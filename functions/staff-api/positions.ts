import * as z from 'zod/mini';
import { shardCount } from '../domain/items.ts';
import type { IndexPlace } from '../domain/ports.ts';

/** For each partition of an index the place where the page before ended; `null`: nowhere yet. */
export type Positions = readonly (IndexPlace | null)[];

const text = z.string().check(z.minLength(1), z.maxLength(300));
const schema = z.array(z.nullable(z.tuple([text, text, text])));

/** As a cursor: opaque to callers, and of no use for anything but the next page. */
export const writePositions = (positions: Positions): string =>
  Buffer.from(
    JSON.stringify(positions.map((place) => place && [place.pk, place.sk, place.at])),
  ).toString('base64url');

/**
 * `null` where the text is no cursor of ours.
 * @param partitions How many the list is merged of.
 */
export function readPositions(
  cursor: string | undefined,
  partitions = shardCount,
): Positions | null {
  if (cursor === undefined) return Array.from({ length: partitions }, () => null);
  const parsed = schema.safeParse(parse(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success || parsed.data.length !== partitions) return null;
  return parsed.data.map((place) => place && { pk: place[0], sk: place[1], at: place[2] });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
