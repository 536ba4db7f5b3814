/** Which way a language is written. */
export type Direction = 'ltr' | 'rtl';

/** The names that stand in braces in a sentence. */
type Placeholder<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** A file of sentences, ready to be said: those with names in braces want the values for them. */
export type Spoken<Sentences> = {
  readonly [Key in keyof Sentences]: Sentences[Key] extends string
    ? [Placeholder<Sentences[Key]>] extends [never]
      ? string
      : (values: Readonly<Record<Placeholder<Sentences[Key]>, string>>) => string
    : Spoken<Sentences[Key]>;
};

/** The sentences of a locale: the same places as in English, each with the same names in braces. */
export type LocaleFile<Sentences> = {
  readonly [Key in keyof Sentences]: Sentences[Key] extends string
    ? string
    : LocaleFile<Sentences[Key]>;
};

/** Makes a file of sentences ready to be said. */
export function speak<Sentences>(file: LocaleFile<Sentences>): Spoken<Sentences> {
  const spoken = Object.entries(file).map(([key, value]) => [
    key,
    typeof value === 'string' ? speakSentence(value) : speak(value as LocaleFile<object>),
  ]);
  // Of the same places as the file; a test compares the names in braces.
  return Object.fromEntries(spoken) as Spoken<Sentences>;
}

const speakSentence = (sentence: string) =>
  sentence.includes('{')
    ? (values: Readonly<Record<string, string>>) =>
        sentence.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '')
    : sentence;
