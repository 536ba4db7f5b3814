/** The languages that the page has a file for. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/**
 * The page's language: the first one that the reader names and that there is a file for.
 * @param wanted BCP 47 tags, the dearest first, as `navigator.languages` has them.
 */
export function chooseLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => language === tag.toLowerCase().split('-')[0]);
    if (found !== undefined) return found;
  }
  return 'en';
}

/**
 * The tag for dates and amounts: the reader's own form of the page's language. A browser may name
 * what is no language tag (`en-US@posix`), and `Intl` throws at that.
 */
export const chooseLocale = (language: Language, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.toLowerCase().split('-')[0] === language && isTag(tag)) ?? language;

function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
