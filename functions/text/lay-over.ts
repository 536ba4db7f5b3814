/** A business's own sentences in one language, each by its place, such as `banner.settled`. */
export type OwnTexts = Readonly<Record<string, string>>;

/**
 * The sentences of a locale with the business's own in their places. A place that the locale does
 * not have is left out: synth refuses it, and says so.
 */
export function layOver<Sentences extends object>(
  sentences: Sentences,
  own: OwnTexts,
  within = '',
): Sentences {
  const laid = Object.entries(sentences).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? (own[`${within}${name}`] ?? value)
      : layOver(value, own, `${within}${name}.`),
  ]);
  // Of the same places as the sentences that it is made of.
  return Object.fromEntries(laid) as Sentences;
}
