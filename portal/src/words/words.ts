import type { Text } from '../text/en.ts';
import type { Format } from '../text/format.ts';

/** What sentences are made of: the texts of a language, and how it writes amounts and times. */
export interface Words {
  readonly text: Text;
  readonly format: Format;
}
