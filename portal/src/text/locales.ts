import type { StripeElementLocale } from '@stripe/stripe-js';
import { layOver, type OwnTexts } from '../../../functions/text/lay-over.ts';
import { type Direction, speak } from '../../../functions/text/speak.ts';
import type { Sentences, sentences as sentencesInEnglish, Text } from './locales/en.ts';

interface LocaleFacts {
  readonly direction: Direction;
  readonly stripeLocale: StripeElementLocale;
}

/** Each file of the folder is a language of the page, by its name. */
const files = import.meta.glob<LocaleFacts & { readonly sentences: Sentences }>('./locales/*.ts', {
  eager: true,
});

const nameOf = (path: string): string => path.replace(/^.*\/|\.ts$/g, '');

/** The languages that the page has a file for. */
export const languages: readonly string[] = Object.keys(files).map(nameOf);

/**
 * @param own The business's own sentences in this language.
 * @throws {Error} of a language without a file, which is a defect.
 */
export function openLocale(language: string, own: OwnTexts): LocaleFacts & { readonly text: Text } {
  const found = Object.entries(files).find(([path]) => nameOf(path) === language);
  if (found === undefined) throw new Error(`The page has no file for the language ${language}.`);
  const { direction, stripeLocale, sentences } = found[1];
  return {
    direction,
    stripeLocale,
    text: speak<typeof sentencesInEnglish>(layOver(sentences, own), direction),
  };
}
