import type { PlacesIn } from '../../../lib/sentences-by-place.ts';
import type { sentences } from '../../../portal/src/text/locales/en.ts';

/** Where a sentence of the page stands in the file of each language, such as `banner.settled`. */
export type Place = PlacesIn<typeof sentences>;

/** Finds a sentence whatever stands where its braces are; it may begin with a capital letter. */
export const patternOf = (sentence: string): string =>
  sentence
    .split(/\{\w+\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]+');
