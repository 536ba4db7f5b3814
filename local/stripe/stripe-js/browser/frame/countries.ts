/** The countries of Stripe's international test cards (docs.stripe.com/testing). */
const codes =
  'AE AR AT AU BE BG BR BY CA CH CL CN CO CR CY CZ DE DK EC EE ES FI FR GB GI GR HK HR HU IE IN IT ' +
  'JP LI LT LU LV MT MX MY NL NO NZ PA PE PL PT PY RO SA SE SG SI SK TH TW US UY';

/** Codes (ISO 3166) and names in a language, by name. @param chosen is among them in any case. */
export function countries(
  language: string,
  chosen: string,
): readonly (readonly [code: string, name: string])[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return [...new Set([...codes.split(' '), chosen])]
    .map((code) => [code, names.of(code) ?? code] as const)
    .toSorted(([, one], [, other]) => one.localeCompare(other, language));
}
