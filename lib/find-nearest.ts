/**
 * The name that is written most like another one.
 *
 * @param names at least one.
 * @throws {RangeError} where there are no names.
 */
export function findNearest(name: string, names: readonly string[]): string {
  const [nearest] = names.toSorted((a, b) => distance(name, a) - distance(name, b));
  if (nearest === undefined) throw new RangeError(`There is no name to compare ${name} with.`);
  return nearest;
}

/** How many letters must be put in, taken out or changed (Levenshtein's distance). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const above = row[column + 1] ?? Infinity;
      const left = next[column] ?? Infinity;
      const diagonal = row[column] ?? Infinity;
      next.push(Math.min(above + 1, left + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}
