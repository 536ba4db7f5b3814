import { type PictureOptions, PicturesRefusal } from './options.ts';
import { type Entry, titleOf } from './picture.ts';

/**
 * The entries of a catalogue that pictures are taken of.
 * @throws {PicturesRefusal} where there is none.
 */
export function chooseEntries<Chosen extends Entry>(
  catalogue: readonly Chosen[],
  { only }: PictureOptions,
): readonly Chosen[] {
  const found = catalogue.filter((entry) => titleOf(entry).includes(only));
  if (found.length > 0) return found;
  throw new PicturesRefusal(
    `None has "${only}" in its name: without --only the pictures show the names of all.`,
  );
}
