import type { Look } from './look.ts';

/** What there is to see, by its place in a catalogue. */
export interface Entry {
  readonly group: string;
  readonly name: string;
}

/** What one entry looks like in one look. */
export interface Picture {
  readonly entry: Entry;
  /** Of the file, inside of the folder of all. */
  readonly file: string;
  readonly png: Buffer;
  /** Which end of a long picture there is to see. */
  readonly isAt: 'top' | 'end';
}

/** All pictures of one look. */
export type Pictures = readonly [Look, readonly Picture[]];

/** As it is written on the sheets, and found by `--only`. */
export const titleOf = ({ group, name }: Entry): string => `${group}: ${name}`;

/** Words and dashes, as files are named. */
export const fileName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

export const pictureFile = (look: Look, entry: Entry): string =>
  `${look.name}/${fileName(titleOf(entry))}.png`;
