import { layOver, type OwnTexts } from '../text/lay-over.ts';
import { type Direction, speak } from '../text/speak.ts';
import * as de from './locales/de.ts';
import type { sentences as sentencesInEnglish, Text } from './locales/en.ts';
import * as en from './locales/en.ts';

/** The languages of the mails: each file of `locales/`, by its name. */
export const locales = { de, en } as const;

export interface MailLocale {
  readonly direction: Direction;
  readonly text: Text;
}

/**
 * @param own The business's own sentences in this language.
 * @throws {Error} of a language without a file, which is a defect.
 */
export function openLocale(language: string, own: OwnTexts): MailLocale {
  const found = Object.entries(locales).find(([name]) => name === language);
  if (found === undefined) throw new Error(`The mails have no file for the language ${language}.`);
  const [, { direction, sentences }] = found;
  return {
    direction,
    text: speak<typeof sentencesInEnglish>(layOver(sentences, own), direction),
  };
}
