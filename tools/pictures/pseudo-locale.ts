import type { Sentences } from '../../lib/sentences-by-place.ts';

const plain = 'acdefghijklnoprstuwyzACDEGHILNORSTUYZ';
const accented = 'áçđéƒğĥíĵķļñõþřšţüŵýžÁÇÐÉĞĤÍĻÑÕŘŠŢÜÝŽ';

/** How much longer than English the longest languages are. */
const growth = 1.4;

/**
 * A sentence as it might be in a language with many accents and long words, still readable to who
 * knows English. The brackets show whether its end was cut, and what was never translated has none.
 * What stands in braces stays, isolated as in a language that is written from right to left: who
 * says these sentences does not know that they are.
 */
export function makePseudo(sentence: string): string {
  const parts = sentence.split(/(\{\w+\})/);
  const changed = parts
    .map((part) => (part.startsWith('{') ? `\u2068${part}\u2069` : stretch(part)))
    .join('');
  return `[${changed}]`;
}

/** Doubles vowels, which makes the words longer and not the gaps between them. */
function stretch(text: string): string {
  let missing = Math.ceil(text.length * (growth - 1));
  const longer = text.replaceAll(/[aeiou]/gi, (vowel) => {
    if (missing <= 0) return vowel;
    missing -= 1;
    return `${vowel}${vowel.toLowerCase()}`;
  });
  return [...longer].map((letter) => accented[plain.indexOf(letter)] ?? letter).join('');
}

/** The pseudo-locale as a business's own texts of English. */
export const pseudoLocale = (english: Sentences): Readonly<Record<string, string>> =>
  Object.fromEntries([...english].map(([place, sentence]) => [place, makePseudo(sentence)]));
