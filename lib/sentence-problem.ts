import { findNearest } from './find-nearest.ts';
import type { Speaker } from './own-texts.ts';
import { sentencesByPlace } from './sentences-by-place.ts';

const namesIn = (sentence: string): readonly string[] => [
  ...new Set(sentence.match(/\{\w+\}/g) ?? []),
];

/**
 * What is wrong with a sentence that a business writes, and what to do; `null` where it can be said.
 *
 * @param place such as `banner.settled`.
 */
export function findProblem(
  { folder, sentences }: Pick<Speaker, 'folder' | 'sentences'>,
  place: string,
  sentence: string,
): string | null {
  const known = sentencesByPlace(sentences);
  const original = known.get(place);
  if (original === undefined) {
    const nearest = findNearest(place, [...known.keys()]);
    return `${place} is no place of a sentence: did you mean ${nearest}? ${folder}/en.ts has them all.`;
  }
  if (sentence.trim() === '') {
    return `${place} is empty: write a sentence, or remove it to keep the one that is there.`;
  }
  if (/[\r\n]/.test(sentence)) {
    return `${place} stands on several lines: write it on one.`;
  }
  const wanted = namesIn(original);
  const given = namesIn(sentence);
  const missing = wanted.filter((name) => !given.includes(name));
  if (missing.length > 0) {
    return `${place} leaves out ${missing.join(' and ')}: put it in, as in "${original}".`;
  }
  const foreign = given.filter((name) => !wanted.includes(name));
  if (foreign.length > 0) {
    return `${place} has ${foreign.join(' and ')}, for which there is nothing to put there: ${instead(wanted)}.`;
  }
  if (/[{}]/.test(sentence.replaceAll(/\{\w+\}/g, ''))) {
    return `${place} has a brace that stands alone: remove it, because braces stand around names only.`;
  }
  return null;
}

const instead = (wanted: readonly string[]): string =>
  wanted.length === 0 ? 'remove it' : `remove it, or correct it to ${wanted.join(' or ')}`;
