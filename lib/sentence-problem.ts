import { sentences } from '../portal/src/text/locales/en.ts';
import { findNearest } from './find-nearest.ts';

/** The page's own sentences by place; every language has the same places and names in braces. */
const known: ReadonlyMap<string, string> = new Map(listSentences(sentences));

function listSentences(texts: object, within = ''): readonly (readonly [string, string])[] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${within}${name}`, value] as const]
      : listSentences(value, `${within}${name}.`),
  );
}

const namesIn = (sentence: string): readonly string[] => [
  ...new Set(sentence.match(/\{\w+\}/g) ?? []),
];

/**
 * What is wrong with a sentence that a business writes for the page, and what to do; `null` where
 * the page can say it.
 *
 * @param place such as `banner.settled`.
 */
export function findProblem(place: string, sentence: string): string | null {
  const original = known.get(place);
  if (original === undefined) {
    const nearest = findNearest(place, [...known.keys()]);
    return `${place} is no place of a sentence: did you mean ${nearest}? portal/src/text/locales/en.ts has them all.`;
  }
  if (sentence.trim() === '') {
    return `${place} is empty: write a sentence, or remove it to keep the page's own.`;
  }
  const wanted = namesIn(original);
  const given = namesIn(sentence);
  const missing = wanted.filter((name) => !given.includes(name));
  if (missing.length > 0) {
    return `${place} leaves out ${missing.join(' and ')}: put it in, as in "${original}".`;
  }
  const foreign = given.filter((name) => !wanted.includes(name));
  if (foreign.length > 0) {
    return `${place} has ${foreign.join(' and ')}, for which the page knows nothing to put there: ${instead(wanted)}.`;
  }
  if (/[{}]/.test(sentence.replaceAll(/\{\w+\}/g, ''))) {
    return `${place} has a brace that stands alone: remove it, because braces stand around names only.`;
  }
  return null;
}

const instead = (wanted: readonly string[]): string =>
  wanted.length === 0 ? 'remove it' : `remove it, or correct it to ${wanted.join(' or ')}`;
