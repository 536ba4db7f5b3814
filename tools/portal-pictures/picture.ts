import type { Look } from './looks.ts';
import type { PageState } from './states/page-state.ts';

/** What one state looks like in one look. */
export interface Picture {
  readonly look: Look;
  readonly state: PageState;
  /** Of the file, inside of the folder of all. */
  readonly file: string;
  readonly png: Buffer;
}

/** Words and dashes, as files are named. */
export const fileName = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
