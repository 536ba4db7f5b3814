export interface Options {
  readonly from: number;
  readonly seeds: number;
  /** Whether the story of the one seed is told, whatever becomes of it. */
  readonly story: boolean;
}

export const help = `Runs the rooms in simulated worlds, each made by a seed, and judges them.

  npm run simulate -- --seeds N [--from S]   N seeds, beginning with S (1)
  npm run simulate -- --seed S [--story]     one seed; its story line by line

Ends with 1 where a rule did not hold.`;

/** What was wrong with the words on the command line. */
export class OptionRefusal extends Error {
  override readonly name = 'OptionRefusal';
}

/**
 * @returns `null` where help is asked for.
 * @throws {OptionRefusal} with a sentence that says what to write instead.
 */
export function readOptions(words: readonly string[]): Options | null {
  let from: number | undefined;
  let seeds: number | undefined;
  let seed: number | undefined;
  let story = false;
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === '--help' || word === '-h') return null;
    if (word === '--story') story = true;
    else if (word === '--from') from = readNumber(word, left.shift());
    else if (word === '--seeds') seeds = readNumber(word, left.shift());
    else if (word === '--seed') seed = readNumber(word, left.shift());
    else throw new OptionRefusal(`There is no option ${word}: say --help to see those there are.`);
  }
  if (seed === undefined) {
    if (story) throw new OptionRefusal('A story is told of one seed: say --seed S --story.');
    return { from: from ?? 1, seeds: seeds ?? 100, story };
  }
  if (seeds !== undefined || from !== undefined) {
    throw new OptionRefusal('Say either --seed S or --seeds N with --from S, not both.');
  }
  return { from: seed, seeds: 1, story };
}

function readNumber(option: string, word: string | undefined): number {
  const value = Number(word);
  if (word !== undefined && /^\d+$/.test(word) && Number.isSafeInteger(value)) return value;
  throw new OptionRefusal(`${option} takes a whole number, not "${word ?? ''}".`);
}
