import { type Sentences, sentencesByPlace } from '../../../lib/sentences-by-place.ts';
import { sentences as german } from '../../../portal/src/text/locales/de.ts';
import { sentences as english } from '../../../portal/src/text/locales/en.ts';
import { pseudoLocale } from '../../pictures/pseudo-locale.ts';

/** Somebody who reads the page in one language. */
export interface Reader {
  /** Of their browser, BCP 47. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  /** What they read, by place. */
  readonly sentences: Sentences;
  /** What is laid over the sentences of the page's own file. */
  readonly own: Readonly<Record<string, string>>;
}

const inEnglish = sentencesByPlace(english);

export const englishReader: Reader = {
  locale: 'en-US',
  direction: 'ltr',
  sentences: inEnglish,
  own: {},
};

export const germanReader: Reader = {
  locale: 'de-DE',
  direction: 'ltr',
  sentences: sentencesByPlace(german),
  own: {},
};

const pseudo = pseudoLocale(inEnglish);

/** Of the pseudo-locale, from right to left. */
export const pseudoReader: Reader = {
  locale: 'en-US',
  direction: 'rtl',
  sentences: new Map(Object.entries(pseudo)),
  own: pseudo,
};
