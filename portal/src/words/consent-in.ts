import type { CustomerView } from '../api/api-types.ts';

/** The text that somebody agrees to, as they read it. */
export interface ConsentText {
  readonly textVersion: string;
  /** Of the text, which need not be the page's. */
  readonly language: string;
  readonly text: string;
}

/**
 * The text in the reader's language; the first where there is none in it.
 * @throws {Error} where the view has no text, which is a defect.
 */
export function consentIn(
  language: string,
  { textVersion, texts }: CustomerView['consent'],
): ConsentText {
  const known = Object.entries(texts);
  const read = known.find(([each]) => each === language) ?? known[0];
  if (read === undefined) throw new Error('The view has no text to agree to.');
  return { textVersion, language: read[0], text: read[1] };
}

/** What the API is told of it once somebody has agreed. */
export const givenConsent = ({ textVersion, language }: ConsentText) => ({ textVersion, language });
