import { locales } from '../../functions/mail/locales.ts';
import type { OwnTexts } from '../../functions/text/lay-over.ts';
import type { Direction } from '../../functions/text/speak.ts';
import { type Sentences, sentencesByPlace } from '../../lib/sentences-by-place.ts';
import { pseudoLocale } from '../pictures/pseudo-locale.ts';

/** A language that mails are shown in. */
export interface Language {
  /** In the names of files. */
  readonly name: string;
  readonly title: string;
  /** BCP 47 tag of the customer. */
  readonly tag: string;
  readonly direction: Direction;
  /** What is read, by place. */
  readonly sentences: Sentences;
  /** What is laid over the sentences of the file of that language. */
  readonly own: OwnTexts;
}

const titles = new Intl.DisplayNames('en', { type: 'language' });

const ofFile = (tag: keyof typeof locales): Language => ({
  name: tag,
  title: titles.of(tag) ?? tag,
  tag,
  direction: locales[tag].direction,
  sentences: sentencesByPlace(locales[tag].sentences),
  own: {},
});

const pseudo = pseudoLocale(sentencesByPlace(locales.en.sentences));

export const english: Language = ofFile('en');
export const german: Language = ofFile('de');

/** Longer than any language, accented, from right to left; laid over English. */
export const pseudoLanguage: Language = {
  name: 'pseudo',
  title: 'Long, accented, right to left',
  tag: 'en',
  direction: 'rtl',
  sentences: new Map(Object.entries(pseudo)),
  own: pseudo,
};

// The names of an object of the product's own are those that its type has.
const others = (Object.keys(locales) as (keyof typeof locales)[]).filter((tag) => tag !== 'en');

/** Every file of the mails' languages, and the pseudo-locale. */
export const languages: readonly Language[] = [english, ...others.map(ofFile), pseudoLanguage];
