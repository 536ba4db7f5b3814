import type { Format } from '../text/format.ts';
import type { Text } from '../text/locales/en.ts';

/** What sentences are made of: the texts of a language, and how it writes amounts and times. */
export interface Words {
  readonly text: Text;
  readonly format: Format;
}
