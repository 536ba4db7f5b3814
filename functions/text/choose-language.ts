/**
 * The page's language: the first one that the reader names and that there is a file for, otherwise
 * English.
 * @param wanted BCP 47 tags, the dearest first, as `navigator.languages` has them.
 * @param languages of which there is a file, `en` among them.
 */
export function chooseLanguage(wanted: readonly string[], languages: readonly string[]): string {
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
export const chooseLocale = (language: string, wanted: readonly string[]): string =>
  wanted.find((tag) => tag.toLowerCase().split('-')[0] === language && isTag(tag)) ?? language;

function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
