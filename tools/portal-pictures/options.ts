import { parseArgs } from 'node:util';

export interface PictureOptions {
  /** What was in it is gone afterwards. */
  readonly folder: string;
  /** Only the states that have it in `group: name`; empty: all of them. */
  readonly only: string;
}

export const usage = `Usage: npm run page:pictures -- [--folder DIR] [--only TEXT]

  --folder DIR  where the pictures go, in place of what is there (.backstop/page-pictures)
  --only TEXT   only the states with this text in "group: name", such as "dialogs: add"

Every state of the customer's page, by day, by night, on a phone and in the longest language. Open
index.html of the folder in a browser; the sheets beside it show a dozen states each.`;

/** The pictures cannot be taken, said in a sentence that tells what to do. */
export class PicturesRefusal extends Error {
  override readonly name = 'PicturesRefusal';
}

/**
 * @param folder The one that is meant where none is named.
 * @returns `null` where help is asked for.
 * @throws {PicturesRefusal} of an option that there is not, or that lacks its value.
 */
export function readOptions(words: readonly string[], folder: string): PictureOptions | null {
  const { help, ...given } = parse(words);
  if (help === true) return null;
  if (given.folder === '') throw new PicturesRefusal('--folder takes the name of a folder.');
  return { folder: given.folder ?? folder, only: given.only ?? '' };
}

function parse(words: readonly string[]) {
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
    throw new PicturesRefusal(`${what}: npm run page:pictures -- --help says what there is.`);
  }
}
