/** A row of Stripe's ledger that is there, gone or another one than it was. */
export interface Change<Row> {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

interface Identified {
  readonly id: string;
}

/**
 * What changed from one state of a table to the next. Stripe's tables are never altered in
 * place: an unchanged table and an unchanged row are the same object as before.
 */
export function changesOf<Row extends Identified>(
  before: readonly Row[],
  after: readonly Row[],
): readonly Change<Row>[] {
  if (before === after) return [];
  const changes: Change<Row>[] = [];
  for (let index = 0; index < after.length; index += 1) {
    const was = before[index];
    const is = after[index];
    if (was === is) continue;
    // A row was taken out or put between: places say nothing any more.
    if (was !== undefined && was.id !== is?.id) return changesById(before, after);
    changes.push({ before: was, after: is });
  }
  if (before.length > after.length) return changesById(before, after);
  return changes;
}

function changesById<Row extends Identified>(
  before: readonly Row[],
  after: readonly Row[],
): readonly Change<Row>[] {
  const old = new Map(before.map((row) => [row.id, row]));
  const changes: Change<Row>[] = [];
  for (const row of after) {
    const was = old.get(row.id);
    old.delete(row.id);
    if (was !== row) changes.push({ before: was, after: row });
  }
  for (const gone of old.values()) changes.push({ before: gone, after: undefined });
  return changes;
}
