import { parseArgs } from 'node:util';

/** A command that takes pictures. */
export interface PictureCommand {
  /** As it is typed, such as `npm run page:pictures`. */
  readonly typed: string;
  readonly usage: string;
  /** Where the pictures go if no folder is named. */
  readonly folder: string;
}

export interface PictureOptions {
  /** What was in it is gone afterwards. */
  readonly folder: string;
  /** Only the entries that have it in `group: name`; empty: all of them. */
  readonly only: string;
}

/** The pictures cannot be taken, said in a sentence that tells what to do. */
export class PicturesRefusal extends Error {
  override readonly name = 'PicturesRefusal';
}

/**
 * @returns `null` where help is asked for.
 * @throws {PicturesRefusal} of an option that there is not, or that lacks its value.
 */
export function readOptions(
  words: readonly string[],
  { typed, folder }: Pick<PictureCommand, 'typed' | 'folder'>,
): PictureOptions | null {
  const { help, ...given } = parse(words, typed);
  if (help === true) return null;
  if (given.folder === '') throw new PicturesRefusal('--folder takes the name of a folder.');
  return { folder: given.folder ?? folder, only: given.only ?? '' };
}

function parse(words: readonly string[], typed: string) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        folder: { type: 'string' },
        only: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's other lines are advice on how options are written.
    const [what = ''] = error.message.split(/\.?(?:\n|$)|\. /, 1);
    throw new PicturesRefusal(`${what}: ${typed} -- --help says what there is.`);
  }
}
