/** The places of a file of sentences, such as `banner.settled`. */
export type PlacesIn<Texts, Within extends string = ''> = {
  [Name in keyof Texts & string]: Texts[Name] extends string
    ? `${Within}${Name}`
    : PlacesIn<Texts[Name], `${Within}${Name}.`>;
}[keyof Texts & string];

/** A language's sentences by their place. */
export type Sentences = ReadonlyMap<string, string>;

export const sentencesByPlace = (texts: object): Sentences => new Map(list(texts, ''));

const list = (texts: object, within: string): readonly (readonly [string, string])[] =>
  Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[`${within}${name}`, value] as const]
      : list(value, `${within}${name}.`),
  );

/** @throws {Error} of a place that the language does not have. */
export function sentenceAt(sentences: Sentences, place: string): string {
  const sentence = sentences.get(place);
  if (sentence === undefined) throw new Error(`The language has no sentence at ${place}.`);
  return sentence;
}
